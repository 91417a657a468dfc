import { button, element, icon } from "./dom.js";

const PENCIL = "M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4";
const BACK = "m14 6-6 6 6 6";
const FORTH = "m10 6 6 6-6 6";

/** A question: as it was asked, with its versions, and while it is edited. */
export class QuestionView {
  #bubble;
  #versions = element("div", { className: "versions", role: "group", hidden: true });
  #edit = iconButton("Edit question", PENCIL, () => this.#open());
  #tools = element("div", { className: "question-tools" }, this.#versions, this.#edit);

  constructor(question) {
    this.question = question;
    this.#edit.hidden = true;
    this.#bubble = element("div", { className: "question" },
      element("span", { className: "visually-hidden" }, "You asked: "),
      element("p", { className: "text", dir: "auto" }, question));
    this.node = element("div", { className: "asked" }, this.#bubble, this.#tools);
  }

  /**
   * From now on the question can be edited.
   * @param onEdited is given the new words; says whether they were taken
   */
  allowEdit(longest, onEdited) {
    this.longest = longest;
    this.onEdited = onEdited;
    this.#edit.hidden = false;
  }

  /**
   * Shows which of how many versions this is, where there are more.
   * @param go shows the one before (-1) or after (1), and says which view that is
   */
  showVersion(index, count, go) {
    this.#versions.hidden = count < 2;
    if (count < 2) return this.#versions.replaceChildren();
    const step = (by, label, path) => {
      const arrow = iconButton(label, path, () => go(by)?.focusVersion(label));
      arrow.disabled = index + by < 0 || index + by >= count;
      return arrow;
    };
    this.#versions.setAttribute("aria-label", `Version ${index + 1} of ${count}`);
    this.#versions.replaceChildren(step(-1, "Version before", BACK), element("span", {}, `${index + 1}/${count}`), step(1, "Version after", FORTH));
  }

  /** The arrow that was pressed is another one now: the keyboard goes on from there. */
  focusVersion(label) {
    const arrows = [...this.#versions.querySelectorAll("button:enabled")];
    (arrows.find(arrow => arrow.ariaLabel === label) ?? arrows[0])?.focus();
  }

  #open() {
    const box = element("textarea", { rows: 2, dir: "auto", value: this.question, maxLength: this.longest, "aria-label": "Edited question" });
    const close = () => {
      form.replaceWith(this.#bubble, this.#tools);
      this.#edit.focus();
    };
    const form = element("form", { className: "editing" }, box, element("div", { className: "actions" },
      button("Cancel", close),
      element("button", { type: "submit", className: "button primary" }, "Ask again")));
    form.addEventListener("submit", event => {
      event.preventDefault();
      const text = box.value.trim();
      if (!text || !this.onEdited(text)) return;
      form.replaceWith(this.#bubble, this.#tools);
    });
    form.addEventListener("keydown", event => {
      if (event.isComposing) return;
      if (event.key === "Escape") close();
      if (event.key !== "Enter" || event.shiftKey || event.target !== box) return;
      event.preventDefault();
      form.requestSubmit();
    });
    this.#tools.remove();
    this.#bubble.replaceWith(form);
    box.style.height = `${box.scrollHeight + 2}px`;
    box.focus();
  }
}

function iconButton(label, path, act) {
  const made = button("", act, "small-icon");
  made.ariaLabel = made.title = label;
  made.append(icon(path));
  return made;
}
