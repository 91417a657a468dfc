import { button, element } from "./dom.js";
import { fixed } from "./figures.js";
import { letterOf } from "./rank-card.js";

/** What follows a submission: the model's scores beside the labeler's own order, and the way back while it is open. */
export class ResultView {
  /** @param desk change() and next() */
  constructor(task, said, { task: after, reward }, desk) {
    const isOpen = after?.state !== "closed";
    const next = button("Next task", () => desk.next(), "button primary");
    this.node = element("section", { className: "result card", "aria-labelledby": "result-title" },
      element("h2", { id: "result-title", tabIndex: -1 }, "Thank you: that counts."),
      ...reward?.scores?.length > 0 ? compared(task, said, reward) : [],
      element("p", { className: "quiet-text small" }, isOpen
        ? "You can still change what you said, until you take the next task or enough people have labeled this one."
        : "Enough people have labeled this task, so it cannot be changed any more."),
      element("div", { className: "result-actions" }, isOpen ? button("Change my labels", () => desk.change()) : null, next));
  }

  focus() {
    this.node.querySelector("h2").focus();
  }
}

function compared({ answers }, { ranks, ratings }, { model, scores }) {
  const own = answers.map((_, answer) => ranks?.[answer] ?? (ratings ? -overall(ratings[answer]) : answer));
  const order = answers.map((_, answer) => answer).sort((a, b) => own[a] - own[b] || a - b);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  return [
    element("p", { className: "agreement" }, agreement(own, scores, ranks || ratings)),
    element("table", { className: "compared" },
      element("caption", { className: "visually-hidden" }, "Your order beside the model's scores"),
      element("thead", {}, element("tr", {}, ...[ratings ? "You, mean" : "You", "Answer", `Score of ${model ?? "the model"}`].map(head => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...order.map(answer => element("tr", {},
        element("td", { className: "number" }, ranks ? `${ranks[answer]}` : ratings ? overall(ratings[answer]).toFixed(1) : "–"),
        element("th", { scope: "row" }, element("div", { className: "named" },
          element("span", { className: "letter" }, letterOf(answer)), element("span", { className: "excerpt" }, answers[answer].text))),
        element("td", {}, meter(scores[answer], low, high)))))),
  ];
}

/** Pairs that the labeler ordered and the model orders the same way. */
function agreement(own, scores, wasOrdered) {
  const pairs = own.flatMap((first, a) => own.slice(a + 1).map((second, after) => [first - second, scores[a + 1 + after] - scores[a]]))
    .filter(([mine]) => mine !== 0);
  if (!wasOrdered || pairs.length === 0) return "This is how the reward model scores the answers.";
  const same = pairs.filter(([mine, model]) => mine * model > 0).length;
  return `The reward model orders ${same} of ${pairs.length} ${pairs.length === 1 ? "pair" : "pairs"} as you do. It may well be wrong: your labels are what it learns from.`;
}

function meter(score, low, high) {
  const fill = element("span", { className: "meter-fill" });
  fill.style.width = `${high > low ? 8 + 92 * (score - low) / (high - low) : 100}%`;
  return element("span", { className: "meter" }, element("span", { className: "meter-track", "aria-hidden": "true" }, fill), element("span", { className: "meter-value" }, fixed(score)));
}

const overall = ({ helpful, honest, harmless }) => (helpful + honest + harmless) / 3;
