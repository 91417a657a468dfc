/**
 * The turns of a conversation by what they follow (`parent`, null at the beginning), and which of several branches is shown. An answer
 * that was asked for again and a question that was edited stand beside the first: they follow the same turn.
 */
export class TurnTree {
  #turns = [];
  #chosen = new Map();

  get all() {
    return this.#turns;
  }

  /** The turns that are shown, in order. */
  get path() {
    const path = [];
    for (let next = this.#shownAfter(null); next; next = this.#shownAfter(next)) path.push(next);
    return path;
  }

  /** A turn that comes is shown. */
  add(turn) {
    this.#turns.push(turn);
    this.choose(turn);
  }

  /** What follows it follows the turn before it from then on. */
  remove(turn) {
    const shown = this.#shownAfter(turn);
    this.#turns = this.#turns.filter(other => other !== turn);
    this.#turns.filter(other => other.parent === turn).forEach(other => { other.parent = turn.parent; });
    if (this.#chosen.get(turn.parent) === turn) this.#chosen.delete(turn.parent);
    if (shown) this.choose(shown);
  }

  /** The turns that follow the same turn, itself among them. */
  beside(turn) {
    return this.#turns.filter(other => other.parent === turn.parent);
  }

  /** Shows the branch that a turn stands in. */
  choose(turn) {
    for (let at = turn; at; at = at.parent) this.#chosen.set(at.parent, at);
  }

  #shownAfter(parent) {
    return this.#chosen.get(parent) ?? this.#turns.findLast(turn => turn.parent === parent);
  }
}
