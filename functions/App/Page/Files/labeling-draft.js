import { newKey } from "./keys.js";
import { user } from "./work-user.js";

const PREFIX = "chatloop.labeling.";
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Work on one task that is not submitted yet; it survives a reload. */
export class Draft {
  #key;
  #kept;

  constructor(taskId) {
    this.#key = `${PREFIX}${user.id ?? ""}.${taskId}`;
    this.#kept = read(this.#key) ?? {};
  }

  get work() {
    return this.#kept.work;
  }

  get comment() {
    return this.#kept.comment ?? "";
  }

  keep(work, comment) {
    this.#write({ ...this.#kept, work, comment });
  }

  /**
   * The submission with its id. The same words keep the id, so that sending them again counts once; other words get a new one, for
   * the server takes a submission that it knows for the one it has.
   */
  submission(said) {
    const words = JSON.stringify(said);
    if (this.#kept.sent?.words !== words) this.#write({ ...this.#kept, sent: { words, id: newKey() } });
    return { id: this.#kept.sent.id, ...said };
  }

  forget() {
    this.#kept = {};
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // Where nothing could be kept, nothing is left.
    }
  }

  #write(kept) {
    this.#kept = { ...kept, at: Date.now() };
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch (error) {
      console.warn("The work cannot be kept over a reload:", error);
    }
  }
}

/** Work on tasks that never came back, of a labeler who stopped in the middle. */
export function forgetOldDrafts() {
  try {
    Object.keys(localStorage).filter(key => key.startsWith(PREFIX) && !(Date.now() - read(key)?.at < KEPT_MS)).forEach(key => localStorage.removeItem(key));
  } catch (error) {
    console.warn("Old work cannot be looked through:", error);
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
