import { detailsOf } from "./details.js";
import { button, element } from "./dom.js";
import { DraftsView } from "./drafts-view.js";
import { FeedbackBar } from "./feedback-bar.js";
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

  /** Shows what is released of an answer while it grows. */
  showText(text) {
    if (!this.growing) {
      const growing = element("p", { className: "text", dir: "auto", "aria-busy": "true" });
      this.#show("answer", element("span", { className: "visually-hidden" }, "Answer: "), growing);
      this.growing = growing;
    }
    this.growing.textContent = text;
  }

  /** @param judging what is said of this answer, and how to say more */
  showAnswer(turn, judging) {
    const isTemplate = turn.source === "template";
    if (turn.drafts) {
      this.#showDrafts(turn, judging);
      return;
    }
    this.#show(isTemplate ? "template" : "answer",
      element("span", { className: "visually-hidden" }, "Answer: "),
      isTemplate ? this.#why(turn.template ?? {}) : null,
      element("p", { className: "text", dir: "auto", lang: turn.template?.language }, turn.answer),
      !isTemplate && turn.finishReason === "length"
        ? element("p", { className: "cut" }, "The answer was cut at the length limit.") : null,
      turn.finishReason === "stopped" ? element("p", { className: "cut" }, "You stopped the answer here.") : null,
      ...this.#below(turn, turn.answer, isTemplate || !turn.answer ? null : new FeedbackBar(turn.answer, judging), judging));
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

  /** Two answers; once one is preferred it is the answer, and can be judged as such. */
  #showDrafts(turn, judging) {
    const below = element("div");
    const show = chosen => below.replaceChildren(...this.#below(turn, chosen?.text, chosen ? new FeedbackBar(chosen.text, judging) : null, judging));
    const drafts = new DraftsView(turn, judging, show);
    this.#show("answer", drafts.node, below);
    show(drafts.chosen);
  }

  #below(turn, text, bar, judging) {
    return [element("div", { className: "tools" }, ...bar?.buttons ?? [], this.#copy(text), button("Regenerate", judging.again, "quiet"), detailsOf(turn)), bar?.panel].filter(Boolean);
  }

  #copy(text) {
    // Absent where the page is not in a secure context.
    if (!navigator.clipboard || text === undefined) return null;
    const copy = button("Copy", async () => {
      const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
      copy.textContent = done ? "Copied" : "Not allowed";
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    }, "quiet");
    return copy;
  }

  #show(state, ...content) {
    this.note = this.growing = null;
    this.reply.dataset.state = state;
    this.reply.replaceChildren(...content.filter(Boolean));
  }
}
