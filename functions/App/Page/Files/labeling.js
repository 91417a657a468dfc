import { button, element } from "./dom.js";
import { guidelines, heldTasks, nextTask, progress, skip, submit } from "./labeling-api.js";
import { forgetOldDrafts } from "./labeling-draft.js";
import { ResultView } from "./labeling-result.js";
import { TaskView } from "./labeling-task.js";
import { markdown } from "./markdown.js";
import { askToSkip } from "./skip-dialog.js";
import { askWho } from "./who-dialog.js";
import { user } from "./work-user.js";

const LOOK_AGAIN_MS = 30_000;

const byId = id => document.getElementById(id);

let view = null;
let guides = null;
let lookAgain;
// What was asked for last: an older answer that comes late is not shown any more.
let asked = 0;

const desk = {
  announce: text => { byId("announcer").textContent = text; },
  next: () => {
    view?.close();
    open(nextTask);
  },
  skip: () => askToSkip(async (reason, comment) => {
    await skip(view.task.taskId, reason, comment);
    desk.announce("Skipped.");
    desk.next();
  }),
  submit: async submission => {
    const submitted = view;
    const answer = await submit(submitted.task.taskId, submission);
    submitted.stopClock();
    const result = new ResultView(submitted.task, submitted.said, answer ?? {}, desk);
    show(result.node);
    result.focus();
    showProgress();
  },
  change: () => {
    show(view.node);
    focusTitle();
  },
};

/** What the labeler holds already comes before anything new. */
async function openHeldOrNext() {
  const [held] = await heldTasks();
  return held ?? nextTask();
}

async function open(find) {
  clearTimeout(lookAgain);
  const turn = ++asked;
  view = null;
  show(element("p", { className: "loading quiet-text" }, "Looking for a task…"));
  try {
    // Together, so that nothing moves under a labeler who has begun.
    const [found] = await Promise.all([find(), loadGuidelines()]);
    if (turn !== asked) return;
    found ? showTask(found) : showNothing();
  } catch (error) {
    if (turn === asked) showTrouble(error);
  }
  showProgress();
}

function showTask(found) {
  view = new TaskView(found, desk);
  show(view.node);
  showGuidelines(found.task.kind);
  focusTitle();
}

function showNothing() {
  byId("guidelines").hidden = true;
  show(blank("Nothing to do", "Every task is taken, or has been labeled by enough people. This page looks again every half minute.", button("Look again", () => open(nextTask))));
  desk.announce("There is nothing to do at the moment.");
  lookAgain = setTimeout(() => open(nextTask), LOOK_AGAIN_MS);
}

function showTrouble(error) {
  if (error.code === "unknown_user") {
    show(blank("Who are you?", error.message, button("Say who you are", chooseWho, "button primary")));
    if (!user.id) chooseWho();
    return;
  }
  const [title, action] = error.code === "too_many_leases"
    ? ["You hold as many tasks as you may", button("Show one of them", () => open(openHeldOrNext), "button primary")]
    : ["No task could be loaded", button("Try again", () => open(openHeldOrNext), "button primary")];
  show(blank(title, error.message, action));
  desk.announce(`${title}. ${error.message}`);
}

const blank = (title, text, action) => element("section", { className: "blank" }, element("h2", {}, title), element("p", {}, text), action);

function show(node) {
  byId("task").replaceChildren(node);
}

function focusTitle() {
  scrollTo({ top: 0, behavior: "instant" });
  byId("task-title").focus({ preventScroll: true });
}

async function loadGuidelines() {
  try {
    guides ??= await guidelines();
  } catch (error) {
    // A task can be done without them; the next one asks again.
    console.warn("The guidelines could not be loaded:", error);
  }
}

function showGuidelines(kind) {
  const text = guides?.[kind];
  byId("guidelines").hidden = !text;
  if (!text) return;
  byId("guidelines").replaceChildren(element("details", { open: matchMedia("(min-width: 60rem)").matches },
    element("summary", {}, "Guidelines"), element("div", { className: "markdown" }, ...markdown(text))));
}

async function showProgress() {
  const name = user.id ?? "signed in";
  byId("who").textContent = user.id ? `Labeling as ${name}` : "Labeling under your sign-in";
  byId("who").hidden = false;
  try {
    const { submitted, skipped, held, open: left } = await progress();
    byId("progress").textContent = [`${submitted} done`, skipped > 0 && `${skipped} skipped`, held > 1 && `${held} held`, `${left} open`].filter(Boolean).join(" · ");
  } catch {
    // The task's own requests say what is wrong; a count beside them is not worth a second message.
    byId("progress").textContent = "";
  }
}

function chooseWho() {
  askWho(() => {
    guides = null;
    open(openHeldOrNext);
  });
}

byId("who").addEventListener("click", chooseWho);
document.addEventListener("keydown", event => {
  if (!view?.node.isConnected || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
  const isWriting = event.target.matches("textarea, input:not([type=radio]):not([type=checkbox])");
  const key = event.key.toLowerCase();
  if (key === "enter") view.submit();
  else if (!isWriting && key === "z") event.shiftKey ? view.redo() : view.undo();
  else if (!isWriting && key === "y") view.redo();
  else return;
  event.preventDefault();
});

forgetOldDrafts();
open(openHeldOrNext);
