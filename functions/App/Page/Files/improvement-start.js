import { startImprovement } from "./admin-api.js";
import { button, element } from "./dom.js";

/** Asks for the reason, and starts a run. */
export function askToStart(page) {
  const reason = element("input", { id: "start-reason", maxLength: 1000, placeholder: "What is to get better?" });
  const recipe = element("input", { id: "start-recipe", maxLength: 64, autocapitalize: "none", spellcheck: false, placeholder: "the one of the settings" });
  const problem = element("p", { className: "problem", role: "alert" });
  const form = element("form", { noValidate: true },
    element("h2", { id: "start-title" }, "Start an improvement"),
    element("p", { className: "quiet-text small" }, "It builds a data set from what people said, trains on it, and checks the gates. Nothing serves before a person approves."),
    element("label", { htmlFor: "start-reason" }, "Reason (optional)"), reason,
    element("label", { htmlFor: "start-recipe" }, "Recipe (optional)"), recipe,
    problem,
    element("div", { className: "dialog-actions" },
      button("Cancel", () => dialog.close()), element("button", { type: "submit", className: "button primary" }, "Start")));
  const dialog = element("dialog", { className: "dialog", "aria-labelledby": "start-title" }, form);
  let isSending = false;

  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    try {
      const { runId } = await startImprovement(reason.value.trim(), recipe.value.trim());
      dialog.close();
      page.announce("The improvement has started.");
      location.hash = encodeURIComponent(runId);
      page.refresh();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      isSending = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
