// Who works here: the same one as in the chat (user.js), so that nobody labels what they asked themselves. No id is made up: a labeler
// has a name, and where people sign in the server knows it without one from here.

const STORE = "chatloop.user";
const ID = /^[A-Za-z0-9._@-]{1,128}$/;

export const user = {
  /** Null where none was given (yet), or where the browser refuses storage. */
  get id() {
    try {
      return localStorage.getItem(STORE) ?? given;
    } catch {
      return given;
    }
  },
  set id(value) {
    given = value;
    try {
      localStorage.setItem(STORE, value);
    } catch (error) {
      console.warn("The name cannot be kept over a reload:", error);
    }
  },
  get headers() {
    return user.id ? { "X-User-Id": user.id } : {};
  },
};

let given = null;

/** What is wrong with an id, as a sentence; null when nothing is. */
export const mistakeInId = id => ID.test(id) ? null : "Use 1 to 128 letters, digits and - _ . @, without spaces.";
