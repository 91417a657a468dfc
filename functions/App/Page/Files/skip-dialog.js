import { button, element } from "./dom.js";

// The words of Core's SkipReason.
const REASONS = {
  unclear: "The prompt cannot be understood",
  tooHard: "It takes knowledge that I do not have",
  language: "It is in a language that I do not read",
  disturbing: "I do not want to read such content",
  personalData: "It names private persons or their data",
  broken: "Something is missing or shown wrongly",
  other: "Another reason, as the comment says",
};

/** Asks why a task is skipped. @param onSkip called with (reason, comment); what it throws is shown */
export function askToSkip(onSkip) {
  const problem = element("p", { className: "problem", role: "alert" });
  const comment = element("textarea", { id: "skip-comment", rows: 2, maxLength: 2000 });
  const form = element("form", { noValidate: true },
    element("h2", { id: "skip-title" }, "Skip this task"),
    element("p", { className: "quiet-text small" }, "Somebody else gets it; it does not come back to you."),
    element("fieldset", { className: "reasons" },
      element("legend", { className: "visually-hidden" }, "Why?"),
      ...Object.entries(REASONS).map(([value, words]) => element("label", {}, element("input", { type: "radio", name: "reason", value }), ` ${words}`))),
    element("label", { htmlFor: "skip-comment" }, "Comment"), comment, problem,
    element("div", { className: "dialog-actions" },
      button("Cancel", () => dialog.close()),
      element("button", { type: "submit", className: "button primary" }, "Skip")));
  const dialog = element("dialog", { className: "dialog", "aria-labelledby": "skip-title" }, form);

  form.addEventListener("submit", async event => {
    event.preventDefault();
    const reason = form.querySelector(":checked")?.value;
    const words = comment.value.trim();
    problem.textContent = !reason ? "Choose a reason." : reason === "other" && !words ? "Say in the comment why you skip the task." : "";
    if (problem.textContent) return;
    try {
      await onSkip(reason, words);
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
