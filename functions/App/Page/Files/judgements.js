/** What this user says of a conversation's answers; of each kind the last word counts. */
export class Judgements {
  #all = new Map();

  add(...judgements) {
    for (const judgement of judgements) this.#all.set(keyOf(judgement.turnId, judgement.kind), judgement);
  }

  of(turnId, kind) {
    return this.#all.get(keyOf(turnId, kind));
  }
}

// A thumb down takes a thumb up's place.
const keyOf = (turnId, kind) => `${turnId} ${kind.startsWith("thumb") ? "thumb" : kind}`;
