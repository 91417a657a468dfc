import { button, element } from "./dom.js";
import { FlagEditor } from "./flag-editor.js";
import { Draft } from "./labeling-draft.js";
import { LeaseClock } from "./lease.js";
import { prompt } from "./prompt-view.js";
import { RankEditor } from "./rank-editor.js";
import { RateEditor } from "./rate-editor.js";
import { WriteEditor } from "./write-editor.js";

const KINDS = {
  rank: [RankEditor, "Rank the answers"],
  rate: [RateEditor, "Rate each answer"],
  write: [WriteEditor, "Write the ideal answer"],
  flag: [FlagEditor, "Flag what is wrong"],
};
const LONGEST_COMMENT = 2000;

const LEASE_WORDS = {
  soon: "Less than five minutes are left for this task.",
  last: "Less than a minute is left for this task.",
  over: "The time for this task is over. What you did is kept, and still counts if nobody else has taken your place.",
};

/** One task, from its opening until it is submitted or skipped. */
export class TaskView {
  #desk;
  #editor;
  #draft;
  #clock;
  #time;
  #comment;
  #undo;
  #redo;
  #submit;
  #state = element("p", { className: "state", id: "submit-state" });
  #problem = element("div", { className: "notice", role: "alert", hidden: true });
  #isSending = false;

  /** @param desk told of what happens: announce(text), submit(submission), skip() and next() */
  constructor({ task, lease }, desk) {
    const [Editor, title] = KINDS[task.kind];
    this.task = task;
    this.#desk = desk;
    this.#draft = new Draft(task.taskId);
    this.#editor = new Editor(task, this.#draft.work, { announce: desk.announce, changed: () => this.#changed() });
    this.#comment = element("textarea", { className: "field-box", id: "comment", rows: 2, maxLength: LONGEST_COMMENT, dir: "auto", value: this.#draft.comment });
    this.#comment.addEventListener("input", () => this.#changed());
    this.#time = element("span", { className: "chip lease", title: "After this time the task goes to somebody else" });
    this.#undo = button("Undo", () => this.undo());
    this.#redo = button("Redo", () => this.redo());
    this.#submit = button("Submit", () => this.submit(), "button primary");
    this.#submit.setAttribute("aria-describedby", "submit-state");
    this.node = element("section", { className: "task", "aria-labelledby": "task-title" },
      element("div", { className: "task-head" }, element("h2", { id: "task-title", tabIndex: -1 }, title), this.#time),
      prompt(task.prompt), this.#editor.node,
      element("details", { className: "comment", open: this.#draft.comment !== "" },
        element("summary", {}, "Add a comment"), element("label", { className: "visually-hidden", htmlFor: "comment" }, "Comment"), this.#comment),
      this.#problem,
      element("div", { className: "action-bar" },
        ...this.#canUndo ? [this.#undo, this.#redo] : [], button("Skip…", () => desk.skip()), this.#state, this.#submit));
    if (lease?.until) this.#clock = new LeaseClock(this.#time, lease.until, stage => this.#warn(stage));
    this.#refresh();
  }

  undo() {
    if (this.#canUndo && this.#editor.canUndo) this.#editor.undo();
  }

  redo() {
    if (this.#canUndo && this.#editor.canRedo) this.#editor.redo();
  }

  async submit() {
    if (this.#isSending) return;
    if (this.#editor.missing) {
      this.#desk.announce(this.#editor.missing);
      this.#editor.focusMissing();
      return;
    }
    this.#isSending = true;
    this.#problem.hidden = true;
    this.#refresh();
    try {
      const comment = this.#comment.value.trim();
      await this.#desk.submit(this.#draft.submission(comment ? { ...this.#editor.said, comment } : this.#editor.said));
      this.#draft.forget();
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#isSending = false;
      this.#refresh();
    }
  }

  /** A submission stays: no time runs any more, though it can be changed until the next task is taken. */
  stopClock() {
    this.#clock?.stop();
    this.#time.hidden = true;
  }

  close() {
    this.stopClock();
    this.#draft.forget();
  }

  get said() {
    return this.#editor.said;
  }

  get #canUndo() {
    return "undo" in this.#editor;
  }

  #changed() {
    this.#draft.keep(this.#editor.work, this.#comment.value);
    this.#refresh();
  }

  #refresh() {
    const { missing } = this.#editor;
    this.#state.textContent = this.#isSending ? "Sending…" : missing ?? "Ready to submit.";
    this.#submit.setAttribute("aria-disabled", missing !== null || this.#isSending);
    this.#undo.setAttribute("aria-disabled", !this.#editor.canUndo);
    this.#redo.setAttribute("aria-disabled", !this.#editor.canRedo);
  }

  #warn(stage) {
    if (stage === "soon") this.#desk.announce(LEASE_WORDS.soon);
    else this.#say("warn", LEASE_WORDS[stage], ...stage === "over" ? [button("Take another task", () => this.#desk.next())] : []);
  }

  #refused(error) {
    if (error.isTemporary) this.#say("bad", `${error.message} What you did is kept.`, button("Try again", () => this.submit()));
    // Nothing that the labeler does to the answers changes these.
    else if (error.status === 409 || error.status === 410 || error.status === 404) this.#say("warn", error.message, button("Next task", () => this.#desk.next(), "button primary"));
    else this.#say("bad", error.message);
  }

  #say(kind, text, ...actions) {
    this.#problem.dataset.kind = kind;
    this.#problem.replaceChildren(element("span", {}, text), ...actions);
    this.#problem.hidden = false;
  }
}
