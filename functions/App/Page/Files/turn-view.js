import { copyButton } from "./code-block.js";
import { detailsOf } from "./details.js";
import { button, element } from "./dom.js";
import { DraftsView } from "./drafts-view.js";
import { FeedbackBar } from "./feedback-bar.js";
import { GrowingText } from "./growing-text.js";
import { QuestionView } from "./question-view.js";
import { reportLink } from "./report-link.js";
import { whyTemplate } from "./words.js";

/** One question and, below it, whatever has become of it. */
export class TurnView {
  constructor(question) {
    this.question = new QuestionView(question);
    this.reply = element("div", { className: "reply" });
    // The keyboard is put here where what it was on has gone.
    this.node = element("li", { className: "turn", tabIndex: -1 }, this.question.node, this.reply);
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
  showText(text, onShown) {
    if (!this.growing) {
      const node = textNode({ "aria-busy": "true" });
      this.#show("answer", element("span", { className: "visually-hidden" }, "Answer: "), node);
      this.growing = new GrowingText(node);
    }
    this.growing.show(text, onShown);
  }

  /** @param judging what is said of this answer, and how to say more */
  showAnswer(turn, judging) {
    if (turn.drafts) this.#showDrafts(turn, judging);
    else if (turn.source === "template") this.#showTemplate(turn, judging);
    else this.#showText(turn, judging);
  }

  /** @param actions pairs of a label and what it does */
  showError(message, actions) {
    this.#show("error",
      element("p", { className: "error-title" }, "No answer"),
      element("p", { className: "text" }, message),
      element("div", { className: "actions" }, ...actions.map(([label, act]) => button(label, act))));
  }

  #showText(turn, judging) {
    const text = this.growing ?? new GrowingText(textNode());
    text.showNow(turn.answer);
    text.node.removeAttribute("aria-busy");
    this.#show("answer",
      element("span", { className: "visually-hidden" }, "Answer: "),
      text.node,
      turn.finishReason === "length" ? element("p", { className: "cut" }, "The answer was cut at the length limit.") : null,
      turn.finishReason === "stopped" ? element("p", { className: "cut" }, "You stopped the answer here.") : null,
      ...this.#below(turn, turn.answer, turn.answer ? new FeedbackBar(turn.answer, judging) : null, judging));
  }

  #showTemplate(turn, judging) {
    this.#show("template",
      element("span", { className: "visually-hidden" }, "Answer: "),
      element("p", { className: "why" }, element("strong", {}, "A template answered."), " ", whyTemplate(turn.template ?? {})),
      element("p", { className: "text", dir: "auto", lang: turn.template?.language }, turn.answer),
      ...this.#below(turn, turn.answer, null, judging));
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
    const tools = [
      ...bar?.buttons ?? [],
      text === undefined ? null : copyButton(() => text, "Copy"),
      button("Regenerate", judging.again, "quiet"),
      turn.finishReason === "content_filter" ? reportLink(judging.report) : null,
      detailsOf(turn),
    ];
    return [element("div", { className: "tools" }, ...tools), bar?.panel].filter(Boolean);
  }

  #show(state, ...content) {
    this.note = this.growing = null;
    this.reply.dataset.state = state;
    this.reply.replaceChildren(...content.filter(Boolean));
  }
}

const textNode = properties => element("div", { className: "text markdown", dir: "auto", ...properties });
