import { serveVersion } from "./admin-api.js";
import { button, element } from "./dom.js";
import { moment } from "./figures.js";
import { chip, nothing } from "./parts.js";

const MEBIBYTE = 1024 * 1024;

/** Versions of the model; any of them can serve, by one press and a yes. */
export function modelsPart({ current, serving, versions }, page) {
  if (!versions?.length) return [nothing("No version is known.")];
  const order = [...versions].sort((a, b) => (Date.parse(b.publishedAt) || 0) - (Date.parse(a.publishedAt) || 0));
  return [
    current !== serving ? element("p", { className: "quiet-text small" }, `Version ${current} is chosen; this instance still serves ${serving}.`) : null,
    element("ul", { className: "models" }, ...order.map(({ version, name, publishedAt, origin, bytes }) => element("li", { className: "model" },
      element("div", { className: "model-head" },
        element("code", {}, version),
        version === current ? chip("current", "good") : button("Serve this version", () => confirmServing(version, page), "button small")),
      element("p", { className: "quiet-text small" }, [
        name, publishedAt ? moment(publishedAt) : "came with the app", bytes > 0 && `${(bytes / MEBIBYTE).toFixed(1)} MiB`,
      ].filter(Boolean).join(" · ")),
      origin?.runId ? element("a", { className: "small", href: `#${encodeURIComponent(origin.runId)}` }, "The improvement that made it") : null))),
  ];
}

function confirmServing(version, page) {
  const reason = element("input", { id: "serve-reason", maxLength: 1000 });
  const problem = element("p", { className: "problem", role: "alert" });
  const form = element("form", { noValidate: true },
    element("h2", { id: "serve-title" }, `Serve version ${version}?`),
    element("p", { className: "quiet-text" }, "New questions are answered by it at once; answers under way are finished by the one that began them."),
    element("label", { htmlFor: "serve-reason" }, "Reason (optional)"), reason, problem,
    element("div", { className: "dialog-actions" }, button("Cancel", () => dialog.close()), element("button", { type: "submit", className: "button primary" }, "Serve it")));
  const dialog = element("dialog", { className: "dialog", "aria-labelledby": "serve-title" }, form);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      await serveVersion(version, reason.value.trim());
      dialog.close();
      page.announce(`Version ${version} is current.`);
      page.refresh();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
