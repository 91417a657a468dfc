import { element } from "./dom.js";
import { inline } from "./markdown-inline.js";

const BORDER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Whether a table begins at a line: a row of names, and a border below it with as many columns. */
export function isTable(lines, at) {
  const border = lines[at + 1];
  return lines[at].includes("|") && border !== undefined && border.includes("-") && BORDER.test(border) && cells(border).length === cells(lines[at]).length;
}

/** How many lines it has, and what makes its node. */
export function table(lines, at) {
  const names = cells(lines[at]);
  const sides = cells(lines[at + 1]).map(side);
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end++;
  const rows = lines.slice(at + 2, end).map(cells);
  return [end - at, () => element("div", { className: "table", tabIndex: 0, role: "region", "aria-label": "Table" },
    element("table", {},
      element("thead", {}, row(names, sides, "th")),
      rows.length > 0 ? element("tbody", {}, ...rows.map(own => row(own, sides, "td"))) : null))];
}

// What a row has too many is left out; what it lacks is empty.
const row = (own, sides, name) => element("tr", {}, ...sides.map((className, index) =>
  element(name, { className, scope: name === "th" ? "col" : null }, ...inline(own[index] ?? ""))));

function side(border) {
  if (border.endsWith(":")) return border.startsWith(":") ? "middle" : "end";
  return null;
}

function cells(line) {
  const inside = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return inside.split(/(?<!\\)\|/).map(cell => cell.replaceAll("\\|", "|").trim());
}
