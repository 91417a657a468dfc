const LEAST_MOVE_PX = 6;
const EDGE_PX = 90;
// The middle of a card ties with it; above and below, the dragged one goes before and after.
const TIE_FROM = 0.3;
const TIE_TO = 0.7;

/** Drags one card with mouse, pen or finger. A finger drags by the head only: on the text it scrolls. */
export class DragSorting {
  #card;
  #list;
  #pool;
  #onDrop;
  #drag = null;

  /** @param onDrop called with { kind: "before" | "tie" | "pool", index } where the card was let go over another place */
  constructor(card, list, pool, onDrop) {
    [this.#card, this.#list, this.#pool, this.#onDrop] = [card, list, pool, onDrop];
    card.addEventListener("pointerdown", event => this.#start(event));
    card.addEventListener("pointermove", event => this.#move(event));
    card.addEventListener("pointerup", () => this.#end(true));
    card.addEventListener("pointercancel", () => this.#end(false));
    card.addEventListener("keydown", event => {
      if (event.key === "Escape") this.#end(false);
    });
    // What ends a drag is no click. Caught on its way down, before the card's own listener.
    card.addEventListener("click", event => {
      if (!this.wasDragged) return;
      this.wasDragged = false;
      event.stopImmediatePropagation();
    }, { capture: true });
  }

  #start(event) {
    this.wasDragged = false;
    if (event.button !== 0 || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest(".answer-head")) return;
    // At once: a quick first move may leave the card.
    this.#card.setPointerCapture(event.pointerId);
    this.#drag = { id: event.pointerId, x: event.clientX, y: event.clientY, startY: event.clientY + scrollY, startX: event.clientX, isMoving: false };
  }

  #move(event) {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.id) return;
    [drag.x, drag.y] = [event.clientX, event.clientY];
    if (!drag.isMoving) {
      if (Math.hypot(drag.x - drag.startX, drag.y + scrollY - drag.startY) < LEAST_MOVE_PX) return;
      drag.isMoving = true;
      this.#card.classList.add("dragged");
      document.documentElement.classList.add("dragging");
      this.#scrollAtEdges();
    }
    this.#follow();
  }

  #follow() {
    const { x, y, startX, startY } = this.#drag;
    this.#card.style.transform = `translate(${x - startX}px, ${y + scrollY - startY}px)`;
    this.#mark(this.#dropAt(y));
  }

  #scrollAtEdges() {
    if (!this.#drag?.isMoving) return;
    const { y } = this.#drag;
    const by = y < EDGE_PX ? (y - EDGE_PX) / 6 : y > innerHeight - EDGE_PX ? (y - innerHeight + EDGE_PX) / 6 : 0;
    if (by !== 0) {
      scrollBy({ top: by, behavior: "instant" });
      this.#follow();
    }
    requestAnimationFrame(() => this.#scrollAtEdges());
  }

  #dropAt(y) {
    if (!this.#pool.hidden && y > this.#pool.getBoundingClientRect().top) return { kind: "pool" };
    const tiers = this.#tiers();
    for (const [index, tier] of tiers.entries()) {
      const { top, bottom, height } = tier.getBoundingClientRect();
      if (y > bottom) continue;
      const share = (y - top) / height;
      if (share < TIE_FROM) return { kind: "before", index };
      return share <= TIE_TO ? { kind: "tie", index } : { kind: "before", index: index + 1 };
    }
    return { kind: "before", index: tiers.length };
  }

  #mark(drop) {
    const tiers = this.#tiers();
    this.#list.classList.toggle("drop-here", tiers.length === 0 && drop.kind === "before");
    this.#pool.classList.toggle("drop-here", drop.kind === "pool");
    tiers.forEach((tier, index) => {
      tier.classList.toggle("drop-before", drop.kind === "before" && drop.index === index);
      tier.classList.toggle("drop-after", drop.kind === "before" && drop.index === tiers.length && index === tiers.length - 1);
      tier.classList.toggle("drop-tie", drop.kind === "tie" && drop.index === index && !tier.contains(this.#card));
    });
  }

  #end(isDropped) {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag?.isMoving) return;
    this.wasDragged = true;
    const drop = this.#dropAt(drag.y);
    this.#mark({ kind: "none" });
    this.#card.style.transform = "";
    this.#card.classList.remove("dragged");
    document.documentElement.classList.remove("dragging");
    if (isDropped) this.#onDrop(drop);
  }

  #tiers() {
    return [...this.#list.querySelectorAll(".tier")];
  }
}
