import { ApiError, readTurn } from "./api.js";

const USUAL_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 15_000;
const PATIENCE_MS = 15 * 60_000;

/** Asks for a running turn until it is completed. A lost connection is waited out. */
export async function completed(turn, signal, onTrouble) {
  const { conversationId, turnId } = turn;
  const end = Date.now() + PATIENCE_MS;
  let delay = turn.retryAfterMs ?? USUAL_DELAY_MS;
  while (turn.status === "running") {
    if (Date.now() > end) throw new ApiError(0, "slow", "The answer is taking unusually long.");
    await pause(Math.min(delay, LONGEST_DELAY_MS), signal);
    try {
      turn = await readTurn(conversationId, turnId, signal);
      delay = turn.retryAfterMs ?? USUAL_DELAY_MS;
      onTrouble(null);
    } catch (error) {
      if (!error.isTemporary) throw error;
      delay = Math.max(delay, USUAL_DELAY_MS) * 2;
      onTrouble(error);
    }
  }
  return turn;
}

/** Ends early when the network comes back. */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      removeEventListener("online", settle);
      signal.removeEventListener("abort", settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(settle, ms);
    addEventListener("online", settle);
    signal.addEventListener("abort", settle);
    if (signal.aborted) settle();
  });
}
