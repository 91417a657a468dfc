import { deleteConversation, exportConversation, listConversations, renameConversation } from "./api.js";
import { ConversationRow } from "./conversation-row.js";
import { button } from "./dom.js";

const TYPING_MS = 250;
const KINDS = { markdown: ["md", "text/markdown"], json: ["json", "application/json"] };

const byId = id => document.getElementById(id);

/**
 * This user's conversations: listed, searched, renamed, exported, deleted. `page` is asked for currentId() and lastTurnId() of what is open, and
 * told of what happens: announce(text), opened(), renamed(id, title), deleted(id).
 */
export class Sidebar {
  #page;
  #list = byId("conversations");
  #search = byId("search");
  #rows = [];
  #loading = new AbortController();
  #typing;
  #deleting;

  constructor(page) {
    this.#page = page;
    this.#search.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.refresh(), TYPING_MS);
    });
    byId("search-form").addEventListener("submit", event => {
      event.preventDefault();
      this.refresh();
    });
    byId("keep-conversation").addEventListener("click", () => byId("delete-conversation").close());
    byId("really-delete-conversation").addEventListener("click", () => this.#delete(this.#deleting));
  }

  /** Loads the list from its beginning. */
  async refresh() {
    clearTimeout(this.#typing);
    await this.#load("");
  }

  showCurrent() {
    this.#rows.forEach(row => row.showCurrent(this.#page.currentId()));
  }

  async #load(continuation) {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const search = this.#search.value.trim();
    try {
      const { conversations, continuation: next } = await listConversations({ search, continuation }, signal);
      if (!continuation) this.#clear();
      this.#rows.push(...conversations.map(conversation => this.#row(conversation)));
      this.#list.replaceChildren(...this.#rows.map(row => row.node));
      this.showCurrent();
      this.#say(this.#summary(search, next), next && [search ? "Search older ones" : "Show older ones", () => this.#load(next)]);
      if (search) this.#page.announce(`${this.#rows.length} found.`);
    } catch (error) {
      if (!signal.aborted) this.#say(`The list could not be loaded. ${error.message}`, ["Try again", () => this.#load(continuation)]);
    }
  }

  #clear() {
    this.#rows = [];
    this.#list.replaceChildren();
  }

  #summary(search, next) {
    if (this.#rows.length > 0) return "";
    if (search) return next ? "Nothing found so far." : "Nothing found.";
    return "What you ask is kept here.";
  }

  #say(text, action) {
    byId("list-message").replaceChildren(text, ...action ? [button(action[0], action[1], "quiet")] : []);
  }

  #row(conversation) {
    return new ConversationRow(conversation, {
      open: () => this.#page.opened(),
      rename: (row, title) => this.#attempt(async signal => {
        row.title = (await renameConversation(row.id, title, signal)).title;
        this.#page.renamed(row.id, row.title);
        this.#page.announce(`Renamed to ${row.title}.`);
      }),
      exportAs: (row, format) => this.#attempt(signal => this.#export(row, format, signal)),
      remove: row => this.#ask(row),
    });
  }

  async #export(row, format, signal) {
    const isOpen = row.id === this.#page.currentId();
    const text = await exportConversation(row.id, format, isOpen && format === "markdown" ? this.#page.lastTurnId() : undefined, signal);
    const [extension, type] = KINDS[format];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `${row.title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "conversation"}.${extension}`;
    link.click();
    URL.revokeObjectURL(link.href);
    this.#page.announce(`Saved as ${link.download}.`);
  }

  #ask(row) {
    this.#deleting = row;
    byId("delete-title").textContent = row.title;
    byId("delete-trouble").textContent = "";
    byId("delete-conversation").showModal();
    byId("keep-conversation").focus();
  }

  async #delete(row) {
    try {
      await deleteConversation(row.id, new AbortController().signal);
    } catch (error) {
      // What is gone already is what was wanted.
      if (error.status !== 404) {
        byId("delete-trouble").textContent = `It was not deleted. ${error.message}`;
        return;
      }
    }
    byId("delete-conversation").close();
    const index = this.#rows.indexOf(row);
    this.#rows = this.#rows.filter(other => other !== row);
    row.node.remove();
    this.#page.deleted(row.id);
    this.#page.announce(`Deleted: ${row.title}.`);
    // The keyboard goes on from where the row was.
    (this.#rows[index] ?? this.#rows.at(-1) ?? this.#search).focus();
  }

  async #attempt(act) {
    byId("list-trouble").textContent = "";
    try {
      await act(new AbortController().signal);
    } catch (error) {
      byId("list-trouble").textContent = error.message;
    }
  }
}
