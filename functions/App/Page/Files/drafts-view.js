import { button, element } from "./dom.js";
import { markdown } from "./markdown.js";

const NAMES = ["First answer", "Second answer"];

/** Two answers side by side, of which one is preferred. */
export class DraftsView {
  #buttons;
  #trouble = element("p", { className: "trouble", hidden: true });

  /** @param onChoice is told of the draft that is preferred from now on */
  constructor({ drafts, choice }, judging, onChoice) {
    this.drafts = drafts;
    this.choice = judging.said("preference")?.preferredDraft ?? choice;
    this.#buttons = drafts.map(draft => button("I prefer this one", () => this.#choose(draft, judging, onChoice)));
    this.node = element("div", {},
      element("p", { className: "why" }, "Two answers. Which one is better?"),
      element("div", { className: "drafts" }, ...drafts.map((draft, index) =>
        element("section", { className: "draft", "aria-label": NAMES[index] },
          element("h3", {}, NAMES[index]),
          element("div", { className: "text markdown", dir: "auto" }, ...markdown(draft.text)),
          this.#buttons[index]))),
      this.#trouble);
    this.#refresh();
  }

  get chosen() {
    return this.drafts.find(draft => draft.draftId === this.choice);
  }

  async #choose(draft, judging, onChoice) {
    if (draft.draftId === this.choice) return;
    const other = this.drafts.find(one => one !== draft);
    this.#trouble.hidden = true;
    try {
      await judging.say({ kind: "preference", preferredDraft: draft.draftId, otherDraft: other.draftId });
      this.choice = draft.draftId;
      this.#refresh();
      onChoice(draft);
    } catch (error) {
      this.#trouble.textContent = `That was not saved. ${error.message}`;
      this.#trouble.hidden = false;
    }
  }

  #refresh() {
    this.drafts.forEach((draft, index) => {
      const isChosen = draft.draftId === this.choice;
      this.#buttons[index].setAttribute("aria-pressed", isChosen);
      this.#buttons[index].textContent = isChosen ? "You prefer this one" : "I prefer this one";
      this.#buttons[index].parentElement?.classList.toggle("chosen", isChosen);
    });
  }
}
