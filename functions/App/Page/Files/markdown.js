import { element } from "./dom.js";

const ITEM = /^\s*(?:([-*+])|\d+[.)])\s+(.*)$/;
const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|_[^_\s][^_]*_(?!\w)|\[[^\]]+\]\([^)\s]+\))/;

/** Nodes for a small part of Markdown: headings, paragraphs, lists, quotes, code, bold, italics, links. Anything else stays text. */
export function markdown(text) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const made = [];
  for (let at = 0; at < lines.length;) {
    const [node, used] = block(lines, at);
    if (node) made.push(node);
    at += used;
  }
  return made;
}

function block(lines, at) {
  const line = lines[at];
  if (line.trim() === "") return [null, 1];
  if (line.startsWith("```")) {
    const code = until(lines, at + 1, other => other.startsWith("```"));
    return [element("pre", { tabIndex: 0 }, element("code", {}, code.join("\n"))), code.length + 2];
  }
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  // The page's own headings are of the first two levels.
  if (heading) return [element(`h${Math.min(heading[1].length + 2, 6)}`, {}, ...inline(heading[2])), 1];
  if (line.startsWith(">")) {
    const quoted = until(lines, at, other => !other.startsWith(">"));
    return [element("blockquote", {}, ...markdown(quoted.map(other => other.replace(/^>\s?/, "")).join("\n"))), quoted.length];
  }
  if (ITEM.test(line)) return list(lines, at);
  const paragraph = until(lines, at + 1, other => other.trim() === "" || /^(#{1,6}\s|>|```)/.test(other) || ITEM.test(other));
  return [element("p", {}, ...inline([line, ...paragraph].map(other => other.trim()).join(" "))), paragraph.length + 1];
}

function list(lines, at) {
  const name = ITEM.exec(lines[at])[1] ? "ul" : "ol";
  // A line that is indented goes on with the item before it.
  const own = until(lines, at, other => !ITEM.test(other) && !/^\s+\S/.test(other));
  const items = [];
  for (const line of own) {
    const item = ITEM.exec(line);
    if (item) items.push(item[2]);
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return [element(name, {}, ...items.map(item => element("li", {}, ...inline(item)))), own.length];
}

function until(lines, from, ends) {
  const end = lines.findIndex((line, at) => at >= from && ends(line));
  return lines.slice(from, end < 0 ? lines.length : end);
}

function inline(text) {
  return text.split(INLINE).filter(part => part !== "").map(part => {
    if (!INLINE.test(part)) return part;
    if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("**")) return element("strong", {}, ...inline(part.slice(2, -2)));
    if (part.startsWith("[")) return link(part);
    return element("em", {}, ...inline(part.slice(1, -1)));
  });
}

function link(part) {
  const [, label, address] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
  return /^https?:\/\//.test(address) ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label) : label;
}
