import { deleteData, exportData, readConsent, readPurge, setConsent } from "./api.js";
import { user } from "./user.js";
import { dataInWords } from "./words.js";

const PAUSE_MS = 1000;

const byId = id => document.getElementById(id);

/** The dialog in which a user allows or forbids the use of their data, takes it along, or has it deleted. */
export class YourData {
  #dialog = byId("your-data");
  #allow = byId("allow-data-use");
  #closing = new AbortController();

  /** @param onDeleted when nothing is left of the user */
  constructor(onDeleted) {
    byId("open-your-data").addEventListener("click", () => this.#open());
    byId("close-your-data").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => this.#closing.abort());
    this.#allow.addEventListener("change", () => this.#attempt(() => this.#set()));
    byId("export-data").addEventListener("click", () => this.#attempt(() => this.#export()));
    byId("delete-data").addEventListener("click", () => this.#ask(true));
    byId("keep-data").addEventListener("click", () => this.#ask(false));
    byId("really-delete-data").addEventListener("click", () => this.#attempt(() => this.#delete(onDeleted)));
  }

  #open() {
    this.#closing = new AbortController();
    this.#ask(false);
    this.#say("");
    this.#allow.disabled = true;
    this.#dialog.showModal();
    this.#attempt(async () => {
      this.#allow.checked = (await readConsent(this.#closing.signal)).allowDataUse;
      this.#allow.disabled = false;
    });
  }

  async #set() {
    const wanted = this.#allow.checked;
    try {
      this.#allow.checked = (await setConsent(wanted, this.#closing.signal)).allowDataUse;
      this.#say(wanted ? "Thank you. Your conversations and judgements may be used for training." : "Your data are not used for training from now on.");
    } catch (error) {
      this.#allow.checked = !wanted;
      throw error;
    }
  }

  async #export() {
    const { retryAfterMs, ...everything } = await exportData(this.#closing.signal);
    const address = URL.createObjectURL(new Blob([JSON.stringify(everything, null, 2)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "chatloop-export.json";
    link.click();
    URL.revokeObjectURL(address);
    this.#say("Everything that is stored of you is in the file chatloop-export.json.");
  }

  async #delete(onDeleted) {
    this.#say("Deleting…");
    const { signal } = this.#closing;
    const { purgeId } = await deleteData(signal);
    let purge;
    do {
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      purge = await readPurge(purgeId, signal);
    } while (purge.status === "running");
    this.#ask(false);
    if (purge.status !== "completed") {
      this.#say(`Not everything could be deleted${dataInWords(purge.remaining) ? `: ${dataInWords(purge.remaining)} left` : ""}. Please try again.`);
      return;
    }
    user.forget();
    onDeleted();
    this.#allow.checked = false;
    this.#say(`Deleted: ${dataInWords(purge.deleted) || "there was nothing"}. Nothing is left.`);
  }

  #ask(isAsking) {
    byId("data-actions").hidden = isAsking;
    byId("delete-question").hidden = !isAsking;
    if (isAsking) byId("keep-data").focus();
  }

  async #attempt(act) {
    const { signal } = this.#closing;
    try {
      await act();
    } catch (error) {
      if (!signal.aborted) this.#say(error.message);
    }
  }

  #say(text) {
    byId("data-message").textContent = text;
  }
}
