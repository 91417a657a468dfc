import { button, element } from "./dom.js";

/** Code with the name of its language and a way to copy it. */
export function codeBlock(code, language) {
  return element("div", { className: "code" },
    element("div", { className: "code-head" },
      element("span", {}, language || "code"),
      copyButton(() => code, "Copy code")),
    // It may be wider than the page: the keyboard scrolls it.
    element("pre", { tabIndex: 0 }, element("code", {}, code)));
}

/** Copies a text; null where the page is not in a secure context and cannot. */
export function copyButton(text, label) {
  if (!navigator.clipboard) return null;
  const copy = button(label, async () => {
    const done = await navigator.clipboard.writeText(text()).then(() => true, () => false);
    copy.textContent = done ? "Copied" : "Not allowed";
    setTimeout(() => { copy.textContent = label; }, 2000);
  }, "quiet");
  return copy;
}
