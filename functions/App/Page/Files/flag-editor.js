import { element } from "./dom.js";
import { categoryInWords } from "./words.js";

const CATEGORIES = [
  "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent",
  "self-harm", "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
];

/** Says what is wrong with an answer, or that nothing is: only that must be said too. */
export class FlagEditor {
  #page;
  #chosen;
  #boxes = new Map();
  #nothing;

  /** @param work the chosen categories; an empty list where nothing is wrong, null where nothing was said yet */
  constructor({ answers }, work, page) {
    this.#page = page;
    this.#chosen = work ?? null;
    for (const category of CATEGORIES) this.#boxes.set(category, this.#box(() => this.#choose(category)));
    this.#nothing = this.#box(() => this.#chooseNothing());
    this.node = element("div", { className: "flag-editor" },
      ...answers.map(({ text }) => element("article", { className: "answer-card" }, element("p", { className: "text", dir: "auto" }, text))),
      element("fieldset", { className: "flags" },
        element("legend", {}, "What is wrong with it?"),
        element("label", { className: "flag nothing" }, this.#nothing, " Nothing is wrong"),
        ...[...this.#boxes].map(([category, box]) => element("label", { className: "flag" }, box, ` ${sentence(categoryInWords(category))}`))));
    this.#render();
  }

  get work() {
    return this.#chosen;
  }

  get said() {
    return { categories: this.#chosen };
  }

  get missing() {
    return this.#chosen ? null : "Choose what is wrong, or that nothing is.";
  }

  focusMissing() {
    this.#nothing.focus();
  }

  #box(onChange) {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      onChange();
      this.#render();
      this.#page.changed();
    });
    return box;
  }

  #choose(category) {
    const others = (this.#chosen ?? []).filter(other => other !== category);
    const chosen = this.#boxes.get(category).checked ? [...others, category] : others;
    this.#chosen = chosen.length > 0 ? CATEGORIES.filter(each => chosen.includes(each)) : null;
  }

  #chooseNothing() {
    this.#chosen = this.#nothing.checked ? [] : null;
  }

  #render() {
    this.#nothing.checked = this.#chosen?.length === 0;
    this.#boxes.forEach((box, category) => { box.checked = this.#chosen?.includes(category) ?? false; });
  }
}

const sentence = words => words[0].toUpperCase() + words.slice(1);
