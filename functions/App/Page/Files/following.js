import { readOn } from "./api.js";
import { completed } from "./polling.js";

/**
 * Reads a turn along until it is completed: by its events, from the last one on where the connection breaks, and by asking
 * for it where there are none.
 */
export async function followed(turn, signal, onText, onTrouble) {
  let { events } = turn;
  let text = "", lastId = null;
  while (events) {
    let came = false;
    try {
      for await (const { name, id, data } of events) {
        came = true;
        lastId = id ?? lastId;
        if (name === "delta") onText(text += data.text);
        if (name === "replaced") onText(text = data.text);
        if (name === "done") return data;
      }
    } catch (error) {
      if (signal.aborted) throw error;
    }
    // A connection that brings nothing is not tried again.
    events = came ? await readOn(turn, lastId, signal) : null;
  }
  return completed(turn, signal, onTrouble);
}
