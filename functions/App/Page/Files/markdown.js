import { codeBlock } from "./code-block.js";
import { element } from "./dom.js";
import { inline } from "./markdown-inline.js";
import { isTable, table } from "./markdown-table.js";

// Lists within lists within quotes: what nests deeper than this stays text.
const DEEPEST = 12;

const ITEM = /^( *)([-*+]|\d{1,9}[.)])( +|$)(.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}>\s?/;

const isBlank = line => line.trim() === "";
const indentOf = line => line.length - line.trimStart().length;
const startsBlock = line => HEADING.test(line) || QUOTE.test(line) || FENCE.test(line) || RULE.test(line) || ITEM.test(line);

/**
 * Nodes for the Markdown that models and people write: headings, paragraphs, lists, quotes, code, tables, rules, and what stands
 * within lines. Whatever it is, only elements that this code makes come out of it: no HTML, no pictures, no address that runs something.
 */
export const markdown = text => blocks(text).map(({ make }) => make());

/** The parts of a text, each with its source and what makes its node: a text that grows changes only its last ones. */
export function blocks(text, depth = 0) {
  const lines = text.replace(/\r\n?/g, "\n").replaceAll("\t", "    ").split("\n");
  const found = [];
  for (let at = 0; at < lines.length;) {
    if (isBlank(lines[at])) {
      at++;
      continue;
    }
    const [length, make] = block(lines, at, depth);
    found.push({ source: lines.slice(at, at + length).join("\n"), make });
    at += length;
  }
  return found;
}

/** How many lines the block has that begins here, and what makes its node. */
function block(lines, at, depth) {
  const line = lines[at];
  if (FENCE.test(line)) return fence(lines, at);
  const heading = HEADING.exec(line);
  // The page's own headings are of the first two levels.
  if (heading) return [1, () => element(`h${Math.min(heading[1].length + 2, 6)}`, {}, ...inline(heading[2] ?? ""))];
  if (RULE.test(line)) return [1, () => element("hr")];
  if (depth < DEEPEST && QUOTE.test(line)) {
    const quoted = until(lines, at, other => !QUOTE.test(other));
    return [quoted.length, () => element("blockquote", {}, ...nested(quoted.map(other => other.replace(QUOTE, "")), depth))];
  }
  if (depth < DEEPEST && ITEM.test(line)) return list(lines, at, depth);
  if (isTable(lines, at)) return table(lines, at);
  const more = until(lines, at + 1, (other, index) => isBlank(other) || startsBlock(other) || isTable(lines, index));
  // A line that ends stays one: how it shows is the style's affair.
  return [more.length + 1, () => element("p", {}, ...inline([line, ...more].map(other => other.trim()).join("\n")))];
}

function fence(lines, at) {
  const [, marks, info] = FENCE.exec(lines[at]);
  const ends = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}\\s*$`);
  const code = until(lines, at + 1, other => ends.test(other));
  // While it is written the end is missing.
  const length = Math.min(code.length + 2, lines.length - at);
  const indent = indentOf(lines[at]);
  const language = /^\s*([\w+#.-]{1,24})/.exec(info)?.[1];
  return [length, () => codeBlock(code.map(other => other.slice(Math.min(indent, indentOf(other)))).join("\n"), language)];
}

function list(lines, at, depth) {
  const [, margin, mark] = ITEM.exec(lines[at]);
  const kind = kindOf(mark);
  const items = [];
  let isLoose = false;
  let end = at;
  for (let wasBlank = false; end < lines.length; end++) {
    const line = lines[end];
    const item = ITEM.exec(line);
    if (isBlank(line)) {
      items.at(-1)?.lines.push("");
      wasBlank = true;
      continue;
    }
    const isOwn = item && item[1].length < margin.length + 2 && !RULE.test(line);
    if (isOwn) {
      if (kindOf(item[2]) !== kind) break;
      isLoose ||= wasBlank;
      items.push({ width: item[1].length + item[2].length + Math.min(Math.max(item[3].length, 1), 4), lines: [item[4]] });
    } else if (indentOf(line) >= margin.length + 2) {
      const { width, lines: own } = items.at(-1);
      own.push(line.slice(Math.min(width, indentOf(line))));
    } else if (!wasBlank && !startsBlock(line)) {
      // It goes on with the words before it.
      items.at(-1).lines.push(line.trim());
    } else {
      break;
    }
    wasBlank = false;
  }
  while (isBlank(lines[end - 1])) end--;
  return [end - at, () => element(kind === "ol" ? "ol" : "ul", kind === "ol" && parseInt(mark, 10) !== 1 ? { start: parseInt(mark, 10) } : {},
    ...items.map(({ lines: own }) => element("li", {}, ...nested(own, depth).flatMap(node => (node.nodeName === "P" && !isLoose ? [...node.childNodes] : [node])))))];
}

// Another mark begins another list.
const kindOf = mark => (/\d/.test(mark) ? "ol" : mark);

const nested = (lines, depth) => blocks(lines.join("\n"), depth + 1).map(({ make }) => make());

function until(lines, from, ends) {
  let end = from;
  while (end < lines.length && !ends(lines[end], end)) end++;
  return lines.slice(from, end);
}
