import { requeueAll } from "./admin-api.js";
import { button, element } from "./dom.js";
import { showFailed } from "./failed-dialog.js";
import { many, moment } from "./figures.js";
import { chip, head, nothing } from "./parts.js";

/** The list of messages that could not be taken. */
export function failedPart(messages, page) {
  if (!messages?.length) return [head("failed", "Failed messages"), nothing("Nothing waits here: every message was taken.")];
  const queues = [...new Set(messages.map(message => message.queue))].sort();
  return [
    head("failed", "Failed messages", many(messages.length, "message")),
    element("ul", { className: "failed-list" }, ...messages.map(message => element("li", {},
      element("button", { type: "button", className: "failed-row", onclick: () => showFailed(message, page) },
        chip(message.queue),
        element("span", { className: "failed-reason" }, message.reasons?.[0] ?? "The reason is not known."),
        element("span", { className: "quiet-text small" }, `${message.times > 1 ? `${message.times} times, ` : ""}${moment(message.lastSeen)}`))))),
    element("div", { className: "failed-actions" }, ...queues.map(queue => button(`Requeue all of ${queue}`, async () => {
      try {
        const { requeued, skipped } = await requeueAll(queue);
        page.announce(`${many(requeued, "message")} requeued.`);
        await page.refresh();
        if (skipped?.length > 0) page.say(`${many(requeued, "message")} of ${queue} requeued; ${many(skipped.length, "message")} would fail again and ${skipped.length === 1 ? "wants" : "want"} repair or a discard.`);
      } catch (error) {
        page.say(error.message);
      }
    }, "button small"))),
  ];
}
