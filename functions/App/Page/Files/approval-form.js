import { decide } from "./admin-api.js";
import { button, element } from "./dom.js";

/** A person's yes or no to a model that has passed its gates. */
export function approvalForm(runId, page) {
  const comment = element("textarea", { className: "field-box", id: "approval-comment", rows: 2, maxLength: 2000 });
  const problem = element("p", { className: "problem", role: "alert" });
  const send = async decision => {
    form.setAttribute("aria-busy", "true");
    buttons.forEach(each => { each.disabled = true; });
    try {
      await decide(runId, decision, comment.value.trim());
      page.announce(decision === "approve" ? "Approved." : "Rejected.");
      // The run reads it in a moment; until then the form stays shut.
      problem.textContent = "";
      sent.hidden = false;
      page.refresh();
    } catch (error) {
      problem.textContent = error.message;
      buttons.forEach(each => { each.disabled = false; });
    }
    form.removeAttribute("aria-busy");
  };
  const buttons = [button("Reject", () => send("reject"), "button danger"), button("Approve and serve", () => send("approve"), "button primary")];
  const sent = element("p", { className: "quiet-text small", hidden: true }, "Your decision is on its way to the run.");
  const form = element("section", { className: "approval", "aria-labelledby": "approval-title" },
    element("h3", { id: "approval-title" }, "Shall this model serve?"),
    element("p", { className: "quiet-text small" }, "It has passed its gates. Read the report and look at the figures; what you decide is recorded with your name."),
    element("label", { htmlFor: "approval-comment" }, "Comment (optional)"), comment, problem, sent,
    element("div", { className: "dialog-actions" }, ...buttons));
  return form;
}
