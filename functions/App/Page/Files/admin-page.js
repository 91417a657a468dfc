import { adminKey } from "./admin-api.js";
import { button, element } from "./dom.js";

const byId = id => document.getElementById(id);

/** What the administrator's pages do alike: load again and again, ask for the key, say what went wrong. */
export class AdminPage {
  #load;
  #everyMs;
  #timer;
  #turn = 0;

  /** @param load loads and shows everything */
  constructor(load, everyMs) {
    [this.#load, this.#everyMs] = [load, everyMs];
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.refresh();
    });
  }

  async refresh() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    try {
      await this.#load();
      if (turn !== this.#turn) return;
      byId("content").hidden = false;
      byId("notice").hidden = true;
      byId("key").replaceChildren();
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error.status === 401 || error.status === 403) return this.#askForKey(error);
      // What was shown stays, as it was then.
      this.say(`This could not be loaded. ${error.message}`, button("Try again", () => this.refresh()));
    }
    this.#timer = setTimeout(() => document.hidden || this.refresh(), this.#everyMs);
  }

  say(text, ...actions) {
    byId("notice").replaceChildren(element("span", {}, text), ...actions);
    byId("notice").hidden = false;
  }

  announce(text) {
    byId("announcer").textContent = text;
  }

  #askForKey(error) {
    byId("content").hidden = true;
    byId("notice").hidden = true;
    if (byId("key").firstChild) {
      byId("key-problem").textContent = error.message;
      return;
    }
    const box = element("input", { className: "field-box", id: "key-box", type: "password", autocomplete: "off" });
    const form = element("form", { className: "card key-form", noValidate: true },
      element("h2", {}, "This page is for administrators"),
      element("p", { className: "quiet-text" }, "Give a function key or the host key of the app. It is kept in this tab until you close it."),
      element("label", { htmlFor: "key-box" }, "Key"), box,
      element("p", { className: "problem", id: "key-problem", role: "alert" }, adminKey.value ? error.message : ""),
      element("button", { type: "submit", className: "button primary" }, "Open"));
    form.addEventListener("submit", event => {
      event.preventDefault();
      adminKey.value = box.value.trim();
      this.refresh();
    });
    byId("key").replaceChildren(form);
    box.focus();
  }
}

/** A part of the page that is made anew only when its figures are others: what has the focus there keeps it. */
export function part(id, make) {
  let shown;
  return figures => {
    const now = JSON.stringify(figures ?? null);
    if (now === shown) return;
    shown = now;
    byId(id).replaceChildren(...make(figures).filter(Boolean));
  };
}
