import { button, element, icon } from "./dom.js";
import { feedbackReasonInWords } from "./words.js";

const UP = "M7 11v9H4v-9h3Zm0 0 4-8c1.5 0 2.4 1 2.2 2.6L12.7 9H18c1.4 0 2.3 1.2 2 2.5l-1.5 6.7c-.2 1.1-1.2 1.8-2.3 1.8H7";
const DOWN = "M17 13V4h3v9h-3Zm0 0-4 8c-1.5 0-2.4-1-2.2-2.6l.5-3.4H6c-1.4 0-2.3-1.2-2-2.5l1.5-6.700C5.700 4.700 6.700 4 7.800 4H17";

const kinds = {
  thumbUp: { label: "Good answer", path: UP, question: "What is good about it?", reasons: ["correct", "helpful", "wellWritten", "other"] },
  thumbDown: {
    label: "Bad answer",
    path: DOWN,
    question: "What is wrong with it?",
    reasons: ["untrue", "notHelpful", "harmful", "ignoresInstructions", "tooLong", "tooShort", "wronglyRefused", "other"],
  },
};

const LONGEST_COMMENT = 2000;
const LONGEST_ANSWER = 16_000;

/** Thumbs with reasons and a comment, and the editor for a better answer, below one answer. */
export class FeedbackBar {
  panel = element("div", { className: "panel", hidden: true });
  #thumbs = Object.keys(kinds).map(kind => this.#thumb(kind));
  #correct = button("Correct this answer", () => this.#toggle(this.#correct, () => this.#correction()), "quiet");
  #opener = null;

  constructor(answer, judging) {
    this.answer = answer;
    this.judging = judging;
    this.#correct.setAttribute("aria-expanded", "false");
    this.#refresh();
  }

  get buttons() {
    return [...this.#thumbs, this.#correct];
  }

  #thumb(kind) {
    const made = button("", () => this.#press(kind, made), "thumb");
    made.dataset.kind = kind;
    made.setAttribute("aria-label", kinds[kind].label);
    made.title = kinds[kind].label;
    made.append(icon(kinds[kind].path));
    return made;
  }

  /** A press is a judgement at once; reasons and a comment may follow. */
  async #press(kind, thumb) {
    if (this.judging.said(kind)?.kind === kind) {
      this.#toggle(thumb, () => this.#reasons(kind));
      return;
    }
    this.#open(thumb, this.#reasons(kind));
    await this.#say({ kind });
  }

  #reasons(kind) {
    const said = this.judging.said(kind)?.kind === kind ? this.judging.said(kind) : {};
    const chips = kinds[kind].reasons.map(reason => {
      const chip = button(feedbackReasonInWords(reason), () => chip.setAttribute("aria-pressed", chip.ariaPressed !== "true"), "chip");
      chip.setAttribute("aria-pressed", (said.reasons ?? []).includes(reason));
      chip.value = reason;
      return chip;
    });
    const comment = element("textarea", { rows: 2, maxLength: LONGEST_COMMENT, dir: "auto", value: said.comment ?? "" });
    return this.#form(kinds[kind].question,
      [element("div", { className: "chips" }, ...chips), element("label", {}, element("span", {}, "A comment, if you like"), comment)],
      "Send", () => ({
        kind,
        reasons: chips.filter(chip => chip.ariaPressed === "true").map(chip => chip.value),
        ...(comment.value.trim() ? { comment: comment.value.trim() } : {}),
      }));
  }

  #correction() {
    const better = element("textarea", {
      rows: 5, maxLength: LONGEST_ANSWER, dir: "auto", required: true, value: this.judging.said("correction")?.correctedAnswer ?? this.answer,
    });
    return this.#form("How should the answer have been?", [element("label", {}, element("span", { className: "visually-hidden" }, "Your answer"), better)],
      "Save", () => ({ kind: "correction", correctedAnswer: better.value.trim() }));
  }

  #form(legend, fields, label, read) {
    const form = element("form", {}, element("fieldset", {}, element("legend", {}, legend), ...fields),
      element("p", { className: "trouble", hidden: true }),
      element("div", { className: "actions" },
        element("button", { type: "submit", className: "button" }, label),
        button("Close", () => this.#close(), "quiet")));
    form.addEventListener("submit", async event => {
      event.preventDefault();
      // By the time that it is said, another form may be open: that one stays.
      if (await this.#say(read()) && form.isConnected) this.#close();
    });
    return form;
  }

  async #say(judgement) {
    const trouble = this.panel.querySelector(".trouble");
    if (trouble) trouble.hidden = true;
    try {
      await this.judging.say(judgement);
      return true;
    } catch (error) {
      if (trouble) {
        trouble.textContent = `That was not saved. ${error.message}`;
        trouble.hidden = false;
      }
      return false;
    } finally {
      this.#refresh();
    }
  }

  #toggle(opener, make) {
    if (this.#opener === opener) this.#close();
    else this.#open(opener, make());
  }

  #open(opener, form) {
    this.#opener = opener;
    this.panel.replaceChildren(form);
    this.panel.hidden = false;
    this.#refresh();
    if (opener === this.#correct) form.querySelector("textarea").focus();
  }

  #close() {
    const opener = this.#opener;
    this.#opener = null;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.#refresh();
    // What had the focus is gone: the keyboard must not be left on nothing.
    opener?.focus();
  }

  #refresh() {
    for (const thumb of this.#thumbs) {
      thumb.setAttribute("aria-pressed", this.judging.said(thumb.dataset.kind)?.kind === thumb.dataset.kind);
      thumb.setAttribute("aria-expanded", this.#opener === thumb);
    }
    this.#correct.textContent = this.judging.said("correction") ? "Your correction" : "Correct this answer";
    this.#correct.setAttribute("aria-expanded", this.#opener === this.#correct);
  }
}
