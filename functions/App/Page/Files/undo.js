/** Values that follow one another, and the way back. */
export class Undo {
  #past = [];
  #future = [];

  constructor(value) {
    this.value = value;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  push(value) {
    this.#past.push(this.value);
    this.#future = [];
    this.value = value;
  }

  undo() {
    if (!this.canUndo) return;
    this.#future.push(this.value);
    this.value = this.#past.pop();
  }

  redo() {
    if (!this.canRedo) return;
    this.#past.push(this.value);
    this.value = this.#future.pop();
  }
}
