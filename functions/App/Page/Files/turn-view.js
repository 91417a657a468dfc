import { detailsOf } from "./details.js";
import { button, element } from "./dom.js";
import { whyTemplate } from "./words.js";

/** One question and, below it, whatever has become of it. */
export class TurnView {
  constructor(question) {
    this.reply = element("div", { className: "reply" });
    this.node = element("li", { className: "turn" },
      element("div", { className: "question" },
        element("span", { className: "visually-hidden" }, "You asked: "),
        element("p", { className: "text", dir: "auto" }, question)),
      this.reply);
  }

  showThinking() {
    this.note = element("span", { className: "note" }, "Thinking…");
    this.#show("thinking", element("span", { className: "dots", "aria-hidden": "true" },
      element("i"), element("i"), element("i")), this.note);
  }

  /** Says more about a turn that is still thinking. */
  showNote(text) {
    if (this.note && this.note.textContent !== text) this.note.textContent = text;
  }

  showAnswer(turn) {
    const isTemplate = turn.source === "template";
    this.#show(isTemplate ? "template" : "answer",
      element("span", { className: "visually-hidden" }, "Answer: "),
      isTemplate ? this.#why(turn.template ?? {}) : null,
      element("p", { className: "text", dir: "auto", lang: turn.template?.language }, turn.answer),
      !isTemplate && turn.finishReason === "length"
        ? element("p", { className: "cut" }, "The answer was cut at the length limit.") : null,
      this.#tools(turn));
  }

  /** @param actions pairs of a label and what it does */
  showError(message, actions) {
    this.#show("error",
      element("p", { className: "error-title" }, "No answer"),
      element("p", { className: "text" }, message),
      element("div", { className: "actions" }, ...actions.map(([label, act]) => button(label, act))));
  }

  #why(template) {
    return element("p", { className: "why" },
      element("strong", {}, "A template answered."), " ", whyTemplate(template));
  }

  #tools(turn) {
    const details = detailsOf(turn);
    // Absent where the page is not in a secure context.
    if (!navigator.clipboard) return element("div", { className: "tools" }, details);
    const copy = button("Copy", async () => {
      const done = await navigator.clipboard.writeText(turn.answer).then(() => true, () => false);
      copy.textContent = done ? "Copied" : "Not allowed";
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    }, "quiet");
    return element("div", { className: "tools" }, copy, details);
  }

  #show(state, ...content) {
    this.note = null;
    this.reply.dataset.state = state;
    this.reply.replaceChildren(...content.filter(Boolean));
  }
}
