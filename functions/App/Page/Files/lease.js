import { serverNow } from "./work-api.js";

const MINUTE_MS = 60_000;
const WARN_MS = 5 * MINUTE_MS;
const LAST_WARNING_MS = MINUTE_MS;

/** Counts down the time that a labeler has for a task. */
export class LeaseClock {
  #node;
  #until;
  #tell;
  #timer;
  #stage = 0;

  /** @param tell called with "soon", "last" and "over" as the end comes near */
  constructor(node, until, tell) {
    [this.#node, this.#until, this.#tell] = [node, Date.parse(until), tell];
    this.#timer = setInterval(() => this.#tick(), 1000);
    // Not at once: what is told of belongs on the page first.
    queueMicrotask(() => this.#tick());
  }

  stop() {
    clearInterval(this.#timer);
  }

  #tick() {
    const left = this.#until - serverNow();
    this.#node.textContent = left > 0 ? `${inWords(left)} left` : "Time is over";
    const stage = left <= 0 ? 3 : left <= LAST_WARNING_MS ? 2 : left <= WARN_MS ? 1 : 0;
    this.#node.dataset.tone = ["", "warn", "bad", "bad"][stage];
    if (stage === 3) this.stop();
    if (stage > this.#stage) this.#tell(["", "soon", "last", "over"][stage]);
    this.#stage = stage;
  }
}

function inWords(ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds >= 5400) return `${Math.round(seconds / 3600)} hours`;
  if (seconds >= 600) return `${Math.floor(seconds / 60)} minutes`;
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
}
