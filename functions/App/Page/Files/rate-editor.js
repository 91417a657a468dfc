import { element } from "./dom.js";
import { letterOf } from "./rank-card.js";

const AIMS = {
  helpful: ["Helpful", "Does what the person wanted."],
  honest: ["Honest", "Says nothing false, and does not pretend to know."],
  harmless: ["Harmless", "Hurts nobody and helps nobody hurt others."],
};
const LOWEST = 1;
const HIGHEST = 7;

/** Rates each answer by itself on three scales. */
export class RateEditor {
  #page;
  #ratings;

  constructor({ answers }, work, page) {
    this.#page = page;
    this.#ratings = answers.map((_, answer) => ({ ...work?.[answer] }));
    this.node = element("div", { className: "rate-editor" },
      element("p", { className: "how" }, `From ${LOWEST}, not at all, to ${HIGHEST}, entirely. Each answer by itself: two may be equally good.`),
      ...answers.map(({ text }, answer) => element("article", { className: "answer-card", "aria-label": `Answer ${letterOf(answer)}` },
        answers.length > 1 ? element("div", { className: "answer-head" }, element("span", { className: "letter" }, letterOf(answer))) : null,
        element("p", { className: "text", dir: "auto" }, text),
        ...Object.keys(AIMS).map(aim => this.#scale(answer, aim)))));
  }

  get work() {
    return this.#ratings;
  }

  get said() {
    return { ratings: this.#ratings };
  }

  get missing() {
    const left = this.#ratings.length * Object.keys(AIMS).length - this.#ratings.reduce((sum, rating) => sum + Object.keys(rating).length, 0);
    return left === 0 ? null : `${left === 1 ? "One rating is" : `${left} ratings are`} missing.`;
  }

  focusMissing() {
    [...this.node.querySelectorAll("fieldset")].find(scale => !scale.querySelector(":checked"))?.querySelector("input").focus();
  }

  #scale(answer, aim) {
    const [title, meaning] = AIMS[aim];
    const steps = Array.from({ length: HIGHEST - LOWEST + 1 }, (_, step) => step + LOWEST);
    return element("fieldset", { className: "scale" },
      element("legend", {}, title, element("span", { className: "meaning" }, ` ${meaning}`)),
      element("div", { className: "steps" }, ...steps.map(step => {
        const radio = element("input", { type: "radio", name: `${aim}-${answer}`, value: `${step}`, checked: this.#ratings[answer][aim] === step });
        radio.addEventListener("change", () => {
          this.#ratings[answer][aim] = step;
          this.#page.changed();
        });
        const end = step === LOWEST ? ", not at all" : step === HIGHEST ? ", entirely" : "";
        return element("label", {}, radio, element("span", { className: "step" }, `${step}`, element("span", { className: "visually-hidden" }, end)));
      })));
  }
}
