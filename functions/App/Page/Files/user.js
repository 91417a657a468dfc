// Who this browser is to the API, where nobody signs in: a random id, kept until its data are deleted.

import { newKey } from "./keys.js";

const STORE = "chatloop.user";

let current;

export const user = {
  /** The same one for as long as the browser keeps it. */
  get id() {
    current ??= read() ?? write(newKey());
    return current;
  },
  /** The next id is somebody new. */
  forget() {
    write(newKey());
  },
};

// A browser may refuse storage altogether. Then a reload makes somebody new of this one.
function read() {
  try {
    return localStorage.getItem(STORE) || null;
  } catch {
    return null;
  }
}

function write(id) {
  current = id;
  try {
    localStorage.setItem(STORE, id);
  } catch (error) {
    console.warn("This browser's id cannot be kept over a reload:", error);
  }
  return id;
}
