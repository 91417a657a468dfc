import { element } from "./dom.js";
import { count, percent } from "./figures.js";
import { svg } from "./svg.js";

const HEIGHT = 74;
const LINE_Y = 26;
const SIDE = 16;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A share from 0 to 1 with its 95 % interval on a line; at a half nothing is better than the other. */
export function interval(title, { value, low, high, n }) {
  const text = `${percent(value, 1)}, 95 % interval ${percent(low, 1)} to ${percent(high, 1)}, on ${count(n)} prompts`;
  const node = svg("svg", { height: HEIGHT, role: "img", "aria-label": `${title}: ${text}` });
  const figure = element("figure", { className: "interval" },
    element("figcaption", {}, element("span", {}, title), element("strong", {}, percent(value, 1)), element("span", { className: "quiet-text small" }, `${percent(low, 1)} to ${percent(high, 1)}, n = ${count(n)}`)), node);
  new ResizeObserver(() => {
    const width = figure.clientWidth;
    if (width === 0) return;
    const x = share => SIDE + share * (width - 2 * SIDE);
    node.setAttribute("width", width);
    node.replaceChildren(
      svg("line", { class: "interval-axis", x1: x(0), x2: x(1), y1: LINE_Y, y2: LINE_Y }),
      svg("line", { class: "interval-half", x1: x(0.5), x2: x(0.5), y1: 6, y2: LINE_Y + 20 }),
      svg("line", { class: `interval-range ${low > 0.5 ? "better" : high < 0.5 ? "worse" : "open-range"}`, x1: x(low), x2: x(high), y1: LINE_Y, y2: LINE_Y }),
      svg("circle", { class: "interval-value", cx: x(value), cy: LINE_Y, r: 6 }),
      ...TICKS.map(tick => svg("text", { class: "interval-text", x: x(tick), y: HEIGHT - 10, "text-anchor": tick === 0 ? "start" : tick === 1 ? "end" : "middle", dx: tick === 0 ? -SIDE : tick === 1 ? SIDE : 0 },
        tick === 0.5 ? "50 %, even" : percent(tick))));
  }).observe(figure);
  return figure;
}
