const STORE = "chatloop.sidebar";

const byId = id => document.getElementById(id);

/** The list beside the conversation: a column where there is room, else a drawer over the page. */
export class Drawer {
  #toggle = byId("toggle-sidebar");
  #isWide = matchMedia("(min-width: 60rem)");

  constructor() {
    this.#toggle.addEventListener("click", () => this.#set(!this.#isOpen));
    byId("backdrop").addEventListener("click", () => this.#set(false));
    byId("sidebar").addEventListener("keydown", event => {
      if (event.key !== "Escape" || this.#isWide.matches || event.defaultPrevented) return;
      this.#set(false);
      this.#toggle.focus();
    });
    this.#isWide.addEventListener("change", () => this.#show(this.#isWide.matches && isWanted()));
    this.#show(this.#isWide.matches && isWanted());
  }

  get #isOpen() {
    return !byId("sidebar").hidden;
  }

  /** What was looked for has been found: a drawer makes way. */
  leave() {
    if (!this.#isWide.matches) this.#show(false);
  }

  #set(isOpen) {
    if (this.#isWide.matches) remember(isOpen);
    this.#show(isOpen);
    if (isOpen && !this.#isWide.matches) byId("search").focus();
  }

  #show(isOpen) {
    const covers = isOpen && !this.#isWide.matches;
    byId("sidebar").hidden = !isOpen;
    byId("backdrop").hidden = !covers;
    // What lies below the drawer can neither be reached nor read.
    byId("chat").inert = covers;
    this.#toggle.setAttribute("aria-expanded", isOpen);
  }
}

// A browser may refuse storage altogether. Then the column is there after each reload.
function isWanted() {
  try {
    return localStorage.getItem(STORE) !== "closed";
  } catch {
    return true;
  }
}

function remember(isOpen) {
  try {
    localStorage.setItem(STORE, isOpen ? "open" : "closed");
  } catch (error) {
    console.warn("Whether the list is open cannot be kept over a reload:", error);
  }
}
