/** The box that a question is written in. */
export class Composer {
  #form = document.getElementById("composer");
  #box = document.getElementById("message");
  #sendButton = document.getElementById("send");
  #stopButton = document.getElementById("stop");
  #length = document.getElementById("length");
  #most = Number(this.#form.dataset.maxLength);
  #isBusy = false;

  constructor(onAsk, onStop) {
    this.#stopButton.addEventListener("click", () => {
      // The button goes away with the answer: the keyboard must not be left on nothing.
      this.focus();
      onStop();
    });
    this.#form.addEventListener("submit", event => {
      event.preventDefault();
      if (!this.#canSend) return;
      const text = this.#text;
      this.fill("");
      onAsk(text);
    });
    this.#box.addEventListener("keydown", event => {
      // While an input method composes, Enter takes its suggestion.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    this.#box.addEventListener("input", () => this.#refresh());
    this.#refresh();
  }

  /** The most characters that a question may have. */
  get longest() {
    return this.#most;
  }

  set isBusy(value) {
    this.#isBusy = value;
    this.#refresh();
  }

  /** Whether the button that stops stands in place of the one that sends. */
  set canStop(value) {
    this.#stopButton.hidden = !value;
    this.#sendButton.hidden = value;
  }

  fill(text) {
    this.#box.value = text;
    this.#refresh();
  }

  focus() {
    this.#box.focus();
  }

  get #text() {
    return this.#box.value.trim();
  }

  get #canSend() {
    return !this.#isBusy && this.#text.length > 0 && this.#text.length <= this.#most;
  }

  #refresh() {
    const length = this.#text.length;
    const over = length - this.#most;
    this.#length.textContent = over > 0
      ? `${over} ${over === 1 ? "character" : "characters"} too many: ${this.#most} is the limit.`
      : `${length} / ${this.#most}`;
    this.#form.classList.toggle("too-long", over > 0);
    this.#box.setAttribute("aria-invalid", over > 0);
    // Not disabled, which would throw the keyboard focus away when a question is sent with this button.
    this.#sendButton.setAttribute("aria-disabled", !this.#canSend);
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}
