/** An order of answers with ties: tiers of answers, the best first. Answers in no tier are not ranked yet. A move makes a new one. */
export class Ranking {
  constructor(count, tiers = []) {
    this.count = count;
    this.tiers = tiers.filter(tier => tier.length > 0);
  }

  get unranked() {
    return Array.from({ length: this.count }, (_, answer) => answer).filter(answer => this.rankOf(answer) === 0);
  }

  /** One rank an answer, 1 for the best, equal ones for ties, 0 for those not ranked yet. */
  get ranks() {
    return Array.from({ length: this.count }, (_, answer) => this.rankOf(answer));
  }

  rankOf(answer) {
    return this.tiers.findIndex(tier => tier.includes(answer)) + 1;
  }

  tiedWith(answer) {
    return (this.tiers[this.rankOf(answer) - 1] ?? []).filter(other => other !== answer);
  }

  /** Alone before the tier that is now at this index. */
  place(answer, index) {
    const tiers = this.#emptied(answer);
    tiers.splice(index, 0, [answer]);
    return new Ranking(this.count, tiers);
  }

  /** Into the tier that is now at this index. */
  join(answer, index) {
    if (this.tiers[index].includes(answer)) return this;
    return new Ranking(this.count, this.#emptied(answer).map((tier, at) => at === index ? [...tier, answer] : tier));
  }

  takeOut(answer) {
    return new Ranking(this.count, this.#emptied(answer));
  }

  last(answer) {
    return this.place(answer, this.tiers.length);
  }

  /** Alone at this rank, as far as there are others to stand before it. */
  set(answer, rank) {
    const others = this.takeOut(answer);
    return others.place(answer, Math.min(rank - 1, others.tiers.length));
  }

  up(answer) {
    const at = this.rankOf(answer) - 1;
    if (at < 0) return this.last(answer);
    if (this.tiedWith(answer).length > 0) return this.place(answer, at);
    return at === 0 ? this : this.place(answer, at - 1);
  }

  down(answer) {
    const at = this.rankOf(answer) - 1;
    if (at < 0) return this;
    if (this.tiedWith(answer).length > 0) return this.place(answer, at + 1);
    return at === this.tiers.length - 1 ? this : this.place(answer, at + 2);
  }

  /** Ties it with the one above, or takes it out of the tie that it is in. */
  toggleTie(answer) {
    const at = this.rankOf(answer) - 1;
    if (this.tiedWith(answer).length > 0) return this.place(answer, at + 1);
    if (at < 0) return this.tiers.length > 0 ? this.join(answer, this.tiers.length - 1) : this;
    return at === 0 ? this : this.join(answer, at - 1);
  }

  equals(other) {
    return this.ranks.join() === other.ranks.join();
  }

  #emptied(answer) {
    return this.tiers.map(tier => tier.filter(other => other !== answer));
  }
}
