import { button, element, icon } from "./dom.js";

const MORE = "M5 12h.01M12 12h.01M19 12h.01";
const LONGEST_TITLE = 120;

/** One conversation of the list: a link, and what can be done with it. */
export class ConversationRow {
  #link;
  #more = button("", () => this.#toggle(), "small-icon");
  #actions;
  #acts;

  /** @param acts open(), rename(row, title), exportAs(row, format), remove(row) */
  constructor({ conversationId, title, createdAt }, acts) {
    this.id = conversationId;
    this.#acts = acts;
    this.#link = element("a", { href: `#${encodeURIComponent(conversationId)}`, dir: "auto" });
    this.#link.addEventListener("click", () => acts.open());
    this.#link.title = new Date(createdAt).toLocaleString();
    this.#more.append(icon(MORE));
    this.#actions = element("div", { className: "row-actions", hidden: true },
      button("Rename", () => this.#rename(), "quiet"),
      button("Markdown", () => acts.exportAs(this, "markdown"), "quiet"),
      button("JSON", () => acts.exportAs(this, "json"), "quiet"),
      button("Delete", () => acts.remove(this), "quiet"));
    this.node = element("li", { className: "row" }, element("div", { className: "row-head" }, this.#link, this.#more), this.#actions);
    this.node.addEventListener("keydown", event => {
      if (event.key !== "Escape" || this.#actions.hidden) return;
      event.preventDefault();
      this.#toggle();
      this.#more.focus();
    });
    this.#more.setAttribute("aria-expanded", "false");
    this.title = title;
  }

  get title() {
    return this.#link.textContent;
  }

  set title(title) {
    this.#link.textContent = title;
    this.#more.ariaLabel = `Options: ${title}`;
    for (const [index, what] of ["Rename", "Save as Markdown", "Save as JSON", "Delete"].entries()) this.#actions.children[index].ariaLabel = `${what}: ${title}`;
  }

  showCurrent(id) {
    if (this.id === id) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }

  focus() {
    this.#link.focus();
  }

  #toggle() {
    this.#actions.hidden = !this.#actions.hidden;
    this.#more.setAttribute("aria-expanded", !this.#actions.hidden);
  }

  #rename() {
    const box = element("input", { type: "text", value: this.title, maxLength: LONGEST_TITLE, dir: "auto", "aria-label": "Title" });
    const form = element("form", { className: "renaming" }, box);
    let isOver = false;
    const end = isKept => {
      // Taking the box away ends it once more.
      if (isOver) return;
      isOver = true;
      const title = box.value.trim();
      form.replaceWith(this.#link);
      if (isKept && title && title !== this.title) this.#acts.rename(this, title);
    };
    form.addEventListener("submit", event => {
      event.preventDefault();
      end(true);
      this.#more.focus();
    });
    box.addEventListener("blur", () => end(true));
    box.addEventListener("keydown", event => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
      this.#more.focus();
    });
    this.#toggle();
    this.#link.replaceWith(form);
    box.select();
    box.focus();
  }
}
