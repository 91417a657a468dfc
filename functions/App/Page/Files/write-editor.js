import { element } from "./dom.js";
import { letterOf } from "./rank-card.js";

// In characters, as Core's SubmissionChecks has it.
const LONGEST = 16_000;

/** Writes the ideal answer. */
export class WriteEditor {
  #box;
  #counter = element("p", { className: "counter", id: "write-counter" });

  constructor({ answers }, work, page) {
    this.#box = element("textarea", { className: "field-box write-box", id: "write-box", rows: 10, dir: "auto", value: work ?? "", "aria-describedby": "write-how write-counter" });
    this.#box.addEventListener("input", () => {
      this.#count();
      page.changed();
    });
    this.#count();
    this.node = element("div", { className: "write-editor" },
      ...answers.map(({ text }, answer) => element("article", { className: "answer-card", "aria-label": `Answer ${letterOf(answer)}` },
        element("p", { className: "answer-note" }, "An answer that the model gave"), element("p", { className: "text", dir: "auto" }, text))),
      element("label", { className: "write-label", htmlFor: "write-box" }, "Your answer"),
      element("p", { className: "how", id: "write-how" }, "Write what a good assistant would have answered, word for word."),
      this.#box, this.#counter);
  }

  get work() {
    return this.#box.value;
  }

  get said() {
    return { text: this.#box.value.trim() };
  }

  get missing() {
    const { length } = this.#box.value.trim();
    if (length === 0) return "The answer is empty.";
    return length > LONGEST ? `The answer is ${length - LONGEST} characters too long.` : null;
  }

  focusMissing() {
    this.#box.focus();
  }

  #count() {
    const { length } = this.#box.value.trim();
    this.#counter.textContent = `${length.toLocaleString("en")} / ${LONGEST.toLocaleString("en")} characters`;
    this.#counter.classList.toggle("problem", length > LONGEST);
    this.#box.setAttribute("aria-invalid", length > LONGEST);
  }
}
