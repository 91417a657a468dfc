import { element } from "./dom.js";
import { glide } from "./glide.js";
import { letterOf, RankCard } from "./rank-card.js";
import { DragSorting } from "./rank-drag.js";
import { Ranking } from "./ranking.js";
import { Undo } from "./undo.js";

/** Orders answers: by drag, by click, or by keyboard alone. */
export class RankEditor {
  #page;
  #undo;
  #cards;
  #list = element("ol", { className: "tiers", "aria-label": "Your ranking, the best first" });
  #pool = element("ul", { className: "pool", "aria-label": "Not ranked yet" });
  #poolHead = element("p", { className: "pool-head" });

  /** @param page told of what happens: changed(), announce(text) */
  constructor({ answers }, work, page) {
    this.#page = page;
    this.#undo = new Undo(new Ranking(answers.length, work ?? []));
    this.#cards = answers.map(({ text }, answer) => new RankCard(answer, text, {
      move: (name, ...values) => this.#move(answer, this.#ranking[name](answer, ...values)),
      isRanked: () => this.#ranking.rankOf(answer) > 0,
    }));
    this.#cards.forEach((card, answer) => new DragSorting(card.node, this.#list, this.#pool, drop => this.#dropped(answer, drop)));
    this.node = element("div", { className: "rank-editor" },
      element("p", { className: "how", id: "rank-how" },
        "Drag the answers into order, the best on top; drop one onto another to tie them. Or click them, the best first."),
      element("p", { className: "how keys" },
        "Keyboard: ", key("↑"), key("↓"), " move, ", key("1"), "–", key("9"), " set the rank, ", key("="), " ties with the one above, ", key("Del"), " takes out."),
      this.#list, this.#poolHead, this.#pool);
    this.#render();
  }

  get work() {
    return this.#ranking.tiers;
  }

  get said() {
    return { ranks: this.#ranking.ranks };
  }

  /** What is still to be done, as a sentence; null when nothing is. */
  get missing() {
    const left = this.#ranking.unranked.length;
    return left === 0 ? null : `${left === 1 ? "One answer has" : `${left} answers have`} no rank yet.`;
  }

  focusMissing() {
    this.#cards[this.#ranking.unranked[0] ?? 0].node.focus();
  }

  get canUndo() {
    return this.#undo.canUndo;
  }

  get canRedo() {
    return this.#undo.canRedo;
  }

  undo() {
    this.#undo.undo();
    this.#show(`Undone. ${this.#inWords()}`);
  }

  redo() {
    this.#undo.redo();
    this.#show(`Done again. ${this.#inWords()}`);
  }

  get #ranking() {
    return this.#undo.value;
  }

  #dropped(answer, { kind, index }) {
    if (kind === "pool") return this.#move(answer, this.#ranking.takeOut(answer));
    return this.#move(answer, kind === "tie" ? this.#ranking.join(answer, index) : this.#ranking.place(answer, index));
  }

  #move(answer, ranking) {
    if (ranking.equals(this.#ranking)) return this.#page.announce(this.#place(answer));
    this.#undo.push(ranking);
    this.#show(this.#place(answer));
    this.#cards[answer].node.focus({ preventScroll: true });
    this.#cards[answer].node.scrollIntoView({ block: "nearest" });
  }

  #show(announcement) {
    const focused = document.activeElement;
    glide(this.#cards.map(card => card.node), () => this.#render());
    if (this.node.contains(focused)) focused.focus({ preventScroll: true });
    this.#page.announce(announcement);
    this.#page.changed();
  }

  #render() {
    const { tiers, unranked } = this.#ranking;
    this.#list.replaceChildren(...tiers.map((tier, index) => element("li", { className: tier.length > 1 ? "tier tie" : "tier" },
      element("span", { className: "rank", "aria-hidden": "true" }, `${index + 1}`),
      element("div", { className: "tier-cards" }, ...tier.map(answer => this.#cards[answer].node)))));
    if (tiers.length === 0) this.#list.append(element("li", { className: "tiers-empty" }, "The best answer goes here."));
    this.#pool.replaceChildren(...unranked.map(answer => element("li", {}, this.#cards[answer].node)));
    this.#poolHead.textContent = `Not ranked yet: ${unranked.length}`;
    this.#poolHead.hidden = this.#pool.hidden = unranked.length === 0;
    this.#cards.forEach((card, answer) => card.show(this.#ranking, this.#place(answer)));
  }

  #place(answer) {
    const rank = this.#ranking.rankOf(answer);
    const tied = this.#ranking.tiedWith(answer).map(letterOf);
    if (rank === 0) return `Answer ${letterOf(answer)}, not ranked yet`;
    return `Answer ${letterOf(answer)}, rank ${rank} of ${this.#ranking.tiers.length}${tied.length > 0 ? `, tied with ${tied.join(" and ")}` : ""}`;
  }

  #inWords() {
    const { tiers } = this.#ranking;
    return tiers.length === 0 ? "Nothing is ranked." : `The order is ${tiers.map(tier => tier.map(letterOf).join(" tied with ")).join(", then ")}.`;
  }
}

const key = name => element("kbd", {}, name);
