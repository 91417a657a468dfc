import { blocks } from "./markdown.js";

/** A text in Markdown that may grow: shown at most once a frame, and only what has changed of it is made anew. */
export class GrowingText {
  #shown = [];
  #frame = null;

  /** @param node where it is shown */
  constructor(node) {
    this.node = node;
  }

  /** Shows a text with the next frame; of several in between, the last. */
  show(text, onShown) {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.showNow(text);
      onShown?.();
    });
  }

  showNow(text) {
    cancelAnimationFrame(this.#frame);
    const next = blocks(text);
    let same = 0;
    while (same < this.#shown.length && same < next.length && this.#shown[same].source === next[same].source) same++;
    this.#shown.splice(same).forEach(({ node }) => node.remove());
    for (const { source, make } of next.slice(same)) {
      const node = make();
      this.#shown.push({ source, node });
      this.node.append(node);
    }
  }
}
