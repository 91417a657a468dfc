import { element } from "./dom.js";

// Deeper markup than people write: a text that nests without end must not take the page with it.
const DEEPEST = 10;
const LONGEST_ADDRESS = 2000;

// The first that fits counts, so the longer marks stand first.
const MARKS = [
  ["***", nodes => element("strong", {}, element("em", {}, ...nodes))],
  ["**", nodes => element("strong", {}, ...nodes)],
  ["__", nodes => element("strong", {}, ...nodes)],
  ["~~", nodes => element("del", {}, ...nodes)],
  ["*", nodes => element("em", {}, ...nodes)],
  ["_", nodes => element("em", {}, ...nodes)],
];

const PLAIN = /^[^\\`*_~[\]!<h]+/;
const BARE = /^https?:\/\/[^\s<>"'`*]+/;
const ANGLED = /^<((?:https?:\/\/|mailto:)[^\s<>]+)>/;

/** Nodes for what stands within a line: bold, italics, struck, code, links. HTML, and anything else, stays text; pictures become links. */
export function inline(text, depth = 0, mayLink = true) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  const closing = closingBrackets(text);
  // A mark that is not closed from here on is not closed from any later place either: each is looked for to the end only once.
  const unclosed = new Set();
  let plain = "";
  let at = 0;

  const add = (node, length) => {
    if (plain) nodes.push(plain);
    plain = "";
    nodes.push(node);
    at += length;
  };

  while (at < text.length) {
    const rest = text.slice(at, at + LONGEST_ADDRESS);
    const skipped = PLAIN.exec(rest)?.[0];
    if (skipped) {
      plain += skipped;
      at += skipped.length;
      continue;
    }
    if (/^\\[!-/:-@[-`{-~]/.test(rest)) {
      plain += rest[1];
      at += 2;
      continue;
    }
    const found = code(text, at, unclosed)
      ?? link(text, at, closing, depth, mayLink)
      ?? (mayLink ? address(rest, text[at - 1]) : null)
      ?? marked(text, at, unclosed, depth, mayLink);
    if (found) add(...found);
    else plain += text[at++];
  }
  if (plain) nodes.push(plain);
  return nodes;
}

function code(text, at, unclosed) {
  if (text[at] !== "`" || text[at - 1] === "`") return null;
  const ticks = /^`+/.exec(text.slice(at, at + 100))[0];
  if (unclosed.has(ticks)) return null;
  for (let end = text.indexOf(ticks, at + ticks.length); end >= 0; end = text.indexOf(ticks, end + 1)) {
    if (text[end - 1] === "`" || text[end + ticks.length] === "`") continue;
    const inside = text.slice(at + ticks.length, end);
    return [element("code", {}, /^ .*\S.* $/s.test(inside) ? inside.slice(1, -1) : inside), end + ticks.length - at];
  }
  unclosed.add(ticks);
  return null;
}

/** [label](address), and ![label](address) alike: nothing is loaded that nobody asked for. */
function link(text, at, closing, depth, mayLink) {
  const from = text[at] === "!" && text[at + 1] === "[" ? at + 1 : at;
  const end = closing.get(from);
  if (text[from] !== "[" || end === undefined) return null;
  const target = /^\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/.exec(text.slice(end + 1, end + LONGEST_ADDRESS));
  if (!target) return null;
  const label = text.slice(from + 1, end) || "picture";
  const length = end + 1 + target[0].length - at;
  const href = mayLink ? safe(target[1] ?? target[2]) : null;
  // A link within a link is none, and an address that is not allowed leaves only the words.
  return href ? [anchor(href, inline(label, depth + 1, false)), length] : [element("span", {}, ...inline(label, depth + 1, mayLink)), length];
}

/** An address that stands in the text by itself. */
function address(rest, before) {
  const angled = ANGLED.exec(rest);
  if (angled) return safe(angled[1]) ? [anchor(safe(angled[1]), [angled[1].replace(/^mailto:/, "")]), angled[0].length] : null;
  if (/\w/.test(before ?? "")) return null;
  let bare = BARE.exec(rest)?.[0].replace(/[.,;:!?\]]+$/, "");
  // A bracket that the address did not open ends the sentence around it.
  while (bare?.endsWith(")") && bare.split(")").length > bare.split("(").length) bare = bare.slice(0, -1);
  return bare && safe(bare) ? [anchor(safe(bare), [bare]), bare.length] : null;
}

function marked(text, at, unclosed, depth, mayLink) {
  for (const [mark, make] of MARKS) {
    if (!text.startsWith(mark, at) || unclosed.has(mark)) continue;
    const from = at + mark.length;
    // Before a space it opens nothing; nor does the first of more such marks, an underscore within a word, or a star that multiplies.
    if (/^(\s|$)/.test(text.slice(from, from + 1)) || text[from] === mark[0] || (mark[0] === "_" && isWord(text[at - 1])) || /^\d\*+\d/.test(text.slice(Math.max(at - 1, 0), from + 1))) continue;
    const end = markEnd(text, from, mark);
    if (end > 0) return [make(inline(text.slice(from, end), depth + 1, mayLink)), end + mark.length - at];
    unclosed.add(mark);
  }
  return null;
}

function markEnd(text, from, mark) {
  for (let end = text.indexOf(mark, from + 1); end >= 0; end = text.indexOf(mark, end + 1)) {
    const after = text[end + mark.length];
    if (/\s/.test(text[end - 1]) || text[end - 1] === "\\" || (mark[0] === "_" && isWord(after))) continue;
    // One star of two closes nothing.
    if (mark.length === 1 && (after === mark || text[end - 1] === mark)) continue;
    return end;
  }
  return -1;
}

/** Which bracket closes which, by their places. */
function closingBrackets(text) {
  const [open, closing] = [[], new Map()];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "[") open.push(at);
    else if (text[at] === "]" && open.length > 0) closing.set(open.pop(), at);
  }
  return closing;
}

/** The address as a browser reads it, where it is of a kind that runs nothing; else null. */
function safe(text) {
  if (!/^(https?:\/\/|mailto:)/i.test(text)) return null;
  try {
    const url = new URL(text);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

// The title says where it leads, whatever the words say.
const anchor = (href, nodes) => element("a", { href, title: href, target: "_blank", rel: "noopener nofollow" }, ...nodes);

const isWord = character => /[\p{L}\p{N}_]/u.test(character ?? "");
