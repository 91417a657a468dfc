import { button, element } from "./dom.js";

/** Answers are named by letters, so that their names are not taken for ranks. */
export const letterOf = answer => String.fromCharCode(65 + answer);

const KEYS = { ArrowUp: "up", ArrowDown: "down", "=": "toggleTie", Delete: "takeOut", Backspace: "takeOut" };

/** One answer that is being ranked, with all ways to move it but the drag. */
export class RankCard {
  #actions;
  #letter;

  /** @param moves move(name of the ranking's move, ...values), isRanked() */
  constructor(answer, text, { move, isRanked }) {
    this.#letter = letterOf(answer);
    const action = (name, sign, className) => {
      // The card's own keys do the same: as stops of the tab key these would only be in the way.
      const made = button(sign, () => move(name), `icon ${className}`);
      made.tabIndex = -1;
      return made;
    };
    this.#actions = {
      up: action("up", "↑", "up"),
      down: action("down", "↓", "down"),
      toggleTie: action("toggleTie", "=", "toggle-tie"),
      takeOut: action("takeOut", "×", "take-out"),
    };
    this.node = element("div", { className: "answer-card", tabIndex: 0, role: "group", "aria-roledescription": "answer to rank", "aria-describedby": "rank-how" },
      element("div", { className: "answer-head" },
        element("span", { className: "grip", "aria-hidden": "true" }, "⠿"),
        element("span", { className: "letter" }, this.#letter),
        element("span", { className: "spring" }),
        ...Object.values(this.#actions)),
      element("p", { className: "text", dir: "auto" }, text));
    this.node.dataset.answer = this.#letter;

    this.node.addEventListener("click", event => {
      if (!event.target.closest("button") && !isRanked()) move("last");
    });
    this.node.addEventListener("keydown", event => {
      if (event.target !== this.node || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[1-9]$/.test(event.key)) move("set", Number(event.key));
      else if (Object.hasOwn(KEYS, event.key)) move(KEYS[event.key]);
      else if ((event.key === "Enter" || event.key === " ") && !isRanked()) move("last");
      else return;
      event.preventDefault();
    });
  }

  show(ranking, place) {
    const answer = this.#letter.charCodeAt(0) - 65;
    const rank = ranking.rankOf(answer);
    const isTied = ranking.tiedWith(answer).length > 0;
    this.node.classList.toggle("unranked", rank === 0);
    this.node.setAttribute("aria-label", place);
    const label = (name, text, isShown) => {
      this.#actions[name].setAttribute("aria-label", text);
      this.#actions[name].title = text;
      // Hidden in its place, so that the others stay under the finger.
      this.#actions[name].classList.toggle("away", !isShown);
    };
    label("up", `Move answer ${this.#letter} up`, rank > 1 || isTied);
    label("down", `Move answer ${this.#letter} down`, rank > 0 && (rank < ranking.tiers.length || isTied));
    label("toggleTie", isTied ? `Take answer ${this.#letter} out of the tie` : `Tie answer ${this.#letter} with the one above`, rank > 1 || isTied);
    this.#actions.toggleTie.setAttribute("aria-pressed", isTied);
    label("takeOut", `Take answer ${this.#letter} out of the ranking`, rank > 0);
  }
}
