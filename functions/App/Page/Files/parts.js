import { element } from "./dom.js";

export const head = (id, title, note) => element("div", { className: "card-head" },
  element("h2", { id: `${id}-title` }, title), note ? element("span", { className: "quiet-text small" }, note) : null);

export const nothing = text => element("p", { className: "nothing" }, text);

/** A table; the first cell of a row names it. On a phone it scrolls by itself, not the page. */
export const table = (caption, heads, rows) => element("div", { className: "table-box", tabIndex: 0, role: "region", "aria-label": caption },
  element("table", {},
    element("thead", {}, element("tr", {}, ...heads.map(each => element("th", { scope: "col" }, each)))),
    element("tbody", {}, ...rows.map(([first, ...cells]) => element("tr", {}, element("th", { scope: "row" }, first), ...cells.map(cell => element("td", {}, cell)))))));

export const chip = (text, tone = "") => {
  const made = element("span", { className: "chip" }, text);
  if (tone) made.dataset.tone = tone;
  return made;
};
