import { element } from "./dom.js";
import { count } from "./figures.js";
import { svg } from "./svg.js";

const HEIGHT = 190;
const MARGIN = { top: 10, right: 8, bottom: 24, left: 40 };
const LABEL_WIDTH = 58;
const HALF_LABEL = 22;
const MOST_BAR_WIDTH = 38;

/** One column a point. @param points [{ label, value, detail }] */
export const columns = (title, points) => chart(title, points, (width, scale) => {
  const step = width / points.length;
  const bar = Math.max(2, Math.min(MOST_BAR_WIDTH, step * 0.7));
  return points.map(({ label, value, detail }, index) => {
    const height = Math.max(value > 0 ? 2 : 0, scale(0) - scale(value));
    return svg("rect", { class: "bar", x: step * (index + 0.5) - bar / 2, y: scale(0) - height, width: bar, height, rx: Math.min(4, bar / 3) }, tip(label, value, detail));
  });
});

/** One line through the points. */
export const line = (title, points) => chart(title, points, (width, scale) => {
  const step = width / points.length;
  const at = points.map(({ value }, index) => [step * (index + 0.5), scale(value)]);
  const path = at.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return [
    at.length > 1 ? svg("path", { class: "area", d: `${path}L${at.at(-1)[0]} ${scale(0)}L${at[0][0]} ${scale(0)}Z` }) : null,
    svg("path", { class: "line", d: path }),
    ...points.map(({ label, value, detail }, index) => svg("circle", { class: "dot", cx: at[index][0], cy: at[index][1], r: 4 }, tip(label, value, detail))),
  ];
});

/** One bar, divided. @param parts [{ label, value, tone }] */
export function divided(title, parts) {
  const all = parts.reduce((sum, { value }) => sum + value, 0);
  const bar = svg("svg", { class: "divided", width: "100%", height: 18, role: "img", "aria-label": `${title}: ${parts.map(({ label, value }) => `${label} ${count(value)}`).join(", ")}` });
  let from = 0;
  for (const { label, value, tone } of parts.filter(part => part.value > 0)) {
    bar.append(svg("rect", { class: `part ${tone}`, x: `${from}%`, width: `${100 * value / all}%`, height: 18 }, tip(label, value)));
    from += 100 * value / all;
  }
  return element("figure", { className: "chart" },
    bar,
    element("figcaption", {}, element("ul", { className: "legend" }, ...parts.map(({ label, value, tone }) =>
      element("li", {}, element("i", { className: `swatch ${tone}`, "aria-hidden": "true" }), element("span", {}, label), element("strong", {}, count(value)))))));
}

/** The frame of a chart: its title, its axes, and what is drawn between them; drawn anew where its width changes, so that its text stays legible. */
function chart(title, points, draw) {
  const node = svg("svg", { height: HEIGHT, role: "img", "aria-label": `${title}: ${points.map(({ label, value }) => `${label} ${count(value)}`).join(", ")}` });
  const figure = element("figure", { className: "chart" }, node);
  const most = Math.max(0, ...points.map(({ value }) => value));
  const ticks = niceTicks(most);
  const scale = value => HEIGHT - MARGIN.bottom - value / ticks.at(-1) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  new ResizeObserver(() => {
    const whole = figure.clientWidth;
    if (whole === 0) return;
    const width = whole - MARGIN.left - MARGIN.right;
    const every = Math.max(1, Math.ceil(points.length * LABEL_WIDTH / width));
    node.setAttribute("width", whole);
    node.replaceChildren(
      svg("g", { class: "axis", "aria-hidden": "true" },
        ...ticks.flatMap(tick => [
          svg("line", { x1: MARGIN.left, x2: whole - MARGIN.right, y1: scale(tick), y2: scale(tick) }),
          svg("text", { x: MARGIN.left - 8, y: scale(tick) + 4, "text-anchor": "end" }, count(tick)),
        ]),
        ...points.map(({ label }, index) => (points.length - 1 - index) % every === 0
          ? svg("text", { x: Math.min(MARGIN.left + width / points.length * (index + 0.5), whole - HALF_LABEL), y: HEIGHT - 6, "text-anchor": "middle" }, label) : null)),
      svg("g", { transform: `translate(${MARGIN.left} 0)` }, ...draw(width, scale)));
  }).observe(figure);
  return figure;
}

const tip = (label, value, detail) => svg("title", {}, `${label}: ${count(value)}${detail ? ` (${detail})` : ""}`);

/** From 0 to at least the most, in steps of 1, 2 or 5 times a power of ten; whole steps, since things are counted. */
function niceTicks(most) {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map(factor => factor * power).find(each => each >= rough));
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, index) => index * step);
}
