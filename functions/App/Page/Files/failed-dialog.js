import { discard, requeue } from "./admin-api.js";
import { button, element } from "./dom.js";
import { many, moment } from "./figures.js";

/** One failed message: what it is, why it failed, and what is to become of it. */
export function showFailed(message, page) {
  const original = typeof message.message === "string" ? message.message : JSON.stringify(message.message, null, 2);
  const box = element("textarea", { className: "field-box code-box", id: "failed-body", rows: 12, spellcheck: false, value: original });
  const reason = element("input", { id: "discard-reason", maxLength: 1000 });
  const problem = element("p", { className: "problem", role: "alert" });

  const attempt = async (act, done) => {
    try {
      await act();
    } catch (error) {
      problem.textContent = error.message;
      return;
    }
    dialog.close();
    page.announce(done);
    page.refresh();
  };
  const send = () => {
    let repaired;
    if (box.value !== original) {
      try {
        repaired = JSON.parse(box.value);
      } catch (error) {
        problem.textContent = `The repaired message is no JSON: ${error.message}`;
        return;
      }
    }
    attempt(() => requeue(message.id, repaired), "Requeued.");
  };
  const drop = () => {
    const words = reason.value.trim();
    if (words) return attempt(() => discard(message.id, words), "Discarded.");
    problem.textContent = "Say why it is discarded: the record is kept with the reason.";
    reason.focus();
  };
  const label = button("Requeue", send, "button primary");
  box.addEventListener("input", () => { label.textContent = box.value === original ? "Requeue" : "Requeue repaired"; });

  const dialog = element("dialog", { className: "dialog wide-dialog", "aria-labelledby": "failed-dialog-title" },
    element("div", { className: "dialog-body" },
      element("h2", { id: "failed-dialog-title" }, `A message of ${message.queue}`),
      element("p", { className: "quiet-text small" }, `Seen ${many(message.times, "time")}, first ${moment(message.firstSeen)}, last ${moment(message.lastSeen)}.${message.note ? ` Note: ${message.note}` : ""}`),
      element("ul", { className: "mistakes" }, ...(message.reasons ?? []).map(each => element("li", {}, each))),
      element("label", { htmlFor: "failed-body" }, "Message (edit it to repair it)"), box,
      element("label", { htmlFor: "discard-reason" }, "Reason, to discard it"), reason,
      problem,
      element("div", { className: "dialog-actions" }, button("Close", () => dialog.close()), button("Discard", drop, "button danger"), label)));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
