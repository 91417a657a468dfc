// Questions that were sent and not yet known to be accepted, kept over a reload of this tab. Sending one again is safe: it has its key.

const STORE = "chatloop.pending";

export const pending = {
  of: conversationId => read().filter(question => question.conversationId === conversationId),
  add: question => write([...read().filter(({ key }) => key !== question.key), question]),
  remove: key => write(read().filter(question => question.key !== key)),
};

// A browser may refuse storage altogether. Then a reload forgets such questions, and nothing else changes.
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? [];
  } catch {
    return [];
  }
}

function write(questions) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(questions));
  } catch (error) {
    console.warn("Questions cannot be kept over a reload:", error);
  }
}
