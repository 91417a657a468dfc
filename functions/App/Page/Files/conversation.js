import { ask, readConversation, readFeedback, readOn, reportTurn, sendFeedback, stopTurn } from "./api.js";
import { followed } from "./following.js";
import { Judgements } from "./judgements.js";
import { newKey } from "./keys.js";
import { pending } from "./pending.js";
import { TurnTree } from "./turn-tree.js";
import { TurnView } from "./turn-view.js";
import { spoken, whyConversationEnded } from "./words.js";

// What the API calls the beginning of a conversation, where it is asked anew.
const ROOT = "root";

/**
 * One conversation on the page, from its opening until another takes its place. `page` is told of what happens:
 * changed(node?), announce(text), identified(id), edit(text), startOver(text), focusComposer(); and knows longestQuestion.
 */
export class Conversation {
  #list;
  #page;
  #closing = new AbortController();
  #tree = new TurnTree();
  #judgements = new Judgements();
  #title;

  constructor(id, list, page) {
    this.id = id;
    this.#list = list;
    this.#page = page;
    list.replaceChildren();
  }

  get isEmpty() {
    return this.#tree.all.length === 0;
  }

  get isBusy() {
    return this.#tree.all.some(turn => turn.state === "busy");
  }

  /** Whether an answer is being written that can be stopped. */
  get canStop() {
    return this.#tree.all.some(isWritten);
  }

  get title() {
    return this.#title ?? this.#tree.path[0]?.message;
  }

  set title(title) {
    this.#title = title;
    this.#page.changed();
  }

  /** The id of the last turn of the branch that is shown. */
  get lastTurnId() {
    return this.#tree.path.findLast(turn => turn.accepted)?.accepted.turnId;
  }

  /** Shows what is stored, and carries on with what was under way. */
  async open() {
    const { turns: stored, title } = this.id ? await readConversation(this.id, this.#closing.signal) : { turns: [] };
    this.#title = title;
    if (stored.length > 0) await this.#readJudgements();
    stored.forEach(turn => this.#show(turn));
    for (const question of pending.of(this.id)) this.#askAgain(question);
    this.#page.changed();
  }

  ask(message) {
    // A first question that never got through would open a conversation of its own now.
    if (!this.id) this.#tree.all.filter(turn => turn.state === "failed").forEach(turn => this.#giveUp(turn));
    return this.#send(this.#add(message, this.#tree.path.at(-1) ?? null));
  }

  /** Asks for the end of what is being written; the turns themselves tell of it. */
  async stop() {
    try {
      await Promise.all(this.#tree.all.filter(isWritten).map(turn => stopTurn(turn.accepted, this.#closing.signal)));
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#page.announce(`The answer could not be stopped. ${error.message}`);
    }
  }

  /** Sends again what only a lost connection held up. */
  retryUnsent() {
    this.#tree.all.filter(turn => turn.state === "failed" && turn.error?.status === 0).forEach(turn => this.#send(turn));
  }

  close() {
    this.#closing.abort();
    if (!this.id) this.#tree.all.forEach(turn => pending.remove(turn.key));
  }

  #add(message, parent) {
    const turn = this.#make(message, parent);
    turn.key = newKey();
    this.#insert(turn);
    return turn;
  }

  #make(message, parent) {
    return { message, parent, parentTurnId: this.#idFrom(parent), view: new TurnView(message), state: "busy" };
  }

  /** What the API is told that a question follows: a turn on the way there that it knows. */
  #idFrom(parent) {
    if (!this.id) return undefined;
    let at = parent;
    while (at && !at.accepted) at = at.parent;
    return at ? at.accepted.turnId : ROOT;
  }

  #insert(turn) {
    if (this.#tree.all.includes(turn)) return;
    this.#tree.add(turn);
    this.#render();
  }

  #show(stored) {
    const { question, parentTurnId } = stored;
    const parent = parentTurnId === undefined ? this.#tree.all.at(-1) : this.#find(parentTurnId);
    const turn = this.#make(question, parent ?? null);
    turn.accepted = { ...stored, conversationId: this.id };
    this.#insert(turn);
    if (stored.status === "running") this.#send(turn);
    else this.#end(turn, turn.accepted);
  }

  /** A question that was not known to be accepted when the page was left. */
  #askAgain({ message, key, parentTurnId }) {
    const turn = this.#make(message, parentTurnId === ROOT ? null : this.#find(parentTurnId) ?? this.#tree.all.at(-1) ?? null);
    Object.assign(turn, { key, parentTurnId });
    // Probably it is one of those that are shown already: the API will tell by the turn's id.
    if (!this.#tree.all.some(other => other.message === message)) this.#insert(turn);
    this.#send(turn);
  }

  #find(turnId) {
    return this.#tree.all.find(({ accepted }) => accepted && accepted.turnId === turnId);
  }

  /** Puts the turns of the shown branch on the page; what is there already is not touched. */
  #render() {
    const path = this.#tree.path;
    for (const node of [...this.#list.children]) if (!path.some(turn => turn.view.node === node)) node.remove();
    path.forEach((turn, index) => {
      if (this.#list.children[index] !== turn.view.node) this.#list.insertBefore(turn.view.node, this.#list.children[index] ?? null);
      const versions = this.#tree.beside(turn);
      turn.view.question.showVersion(versions.indexOf(turn), versions.length, by => this.#move(versions[versions.indexOf(turn) + by]));
    });
  }

  #move(turn) {
    this.#tree.choose(turn);
    this.#render();
    this.#page.changed();
    this.#page.announce(turn.view.question.node.querySelector(".versions").ariaLabel);
    return turn.view.question;
  }

  /** Asks at the place of a turn: the same once more, or something else. */
  #branch(turn, message) {
    if (this.isBusy) {
      this.#page.announce("Please wait until the answer is written.");
      return false;
    }
    const branch = this.#add(message, turn.parent);
    branch.view.node.focus({ preventScroll: true });
    this.#page.announce("Thinking…");
    this.#send(branch);
    return true;
  }

  // The conversation is worth showing without what was said of it.
  async #readJudgements() {
    try {
      this.#judgements.add(...await readFeedback(this.id, this.#closing.signal));
    } catch (error) {
      if (this.#closing.signal.aborted) throw error;
      console.warn("What you have said of these answers cannot be shown:", error);
    }
  }

  /** What a turn's view needs to have its answer judged. */
  #judging(turn) {
    const { turnId } = turn.accepted;
    return {
      again: () => this.#branch(turn, turn.message),
      report: () => reportTurn(turn.accepted, this.#closing.signal),
      said: kind => this.#judgements.of(turnId, kind),
      say: async judgement => {
        await sendFeedback({ conversationId: this.id, turnId, ...judgement }, this.#closing.signal);
        this.#judgements.add({ turnId, ...judgement });
        this.#page.announce("Thank you. It was taken.");
      },
    };
  }

  async #send(turn) {
    turn.state = "busy";
    turn.view.showThinking();
    this.#page.changed();
    try {
      // One that runs already is read along from its start.
      if (turn.accepted) turn.accepted.events = await readOn(turn.accepted, null, this.#closing.signal);
      else this.#accept(turn, await this.#post(turn));
      if (turn.state === "dropped") return;
      this.#page.changed();
      const answered = await followed(turn.accepted, this.#closing.signal, text => this.#grow(turn, text), trouble => turn.view.showNote(
        trouble ? "The connection is lost. Still trying…" : "Thinking…"));
      this.#end(turn, answered);
      this.#page.announce(spoken(answered));
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#fail(turn, error);
    } finally {
      if (!this.#closing.signal.aborted) this.#page.changed(turn.view.node);
    }
  }

  #end(turn, answered) {
    turn.state = "done";
    turn.view.showAnswer(answered, this.#judging(turn));
    turn.view.question.allowEdit(this.#page.longestQuestion, text => this.#branch(turn, text));
  }

  #grow(turn, text) {
    const changed = () => this.#closing.signal.aborted || this.#page.changed(turn.view.node);
    // An answer that begins anew has no text yet.
    if (text) return turn.view.showText(text, changed);
    turn.view.showThinking();
    changed();
  }

  #post({ message, key, parentTurnId }) {
    pending.add({ key, message, conversationId: this.id, parentTurnId });
    return ask({ message, conversationId: this.id, parentTurnId, key }, this.#closing.signal);
  }

  #accept(turn, accepted) {
    pending.remove(turn.key);
    if (this.#find(accepted.turnId)) {
      accepted.events?.return();
      return this.#drop(turn);
    }
    turn.accepted = accepted;
    this.#insert(turn);
    if (this.id) return;
    this.id = accepted.conversationId;
    this.#page.identified(this.id);
  }

  #fail(turn, error) {
    turn.state = "failed";
    turn.error = error;
    this.#insert(turn);
    if (!error.isTemporary) pending.remove(turn.key);
    const reason = whyConversationEnded(error.code) ?? error.message;
    turn.view.showError(reason, [this.#wayOut(turn, error)]);
    this.#page.announce(`No answer. ${reason}`);
  }

  /** What the person can do about a question that got no answer: a label and the act. */
  #wayOut(turn, error) {
    if (error.isTemporary || turn.accepted) return ["Try again", () => this.#retry(turn)];
    if (whyConversationEnded(error.code)) return ["Ask in a new conversation", () => this.#page.startOver(turn.message)];
    return this.#edit(turn);
  }

  #edit(turn) {
    return ["Edit the question", () => {
      this.#drop(turn);
      this.#page.edit(turn.message);
    }];
  }

  #retry(turn) {
    // The button goes away with the error: the keyboard must not be left on nothing.
    this.#page.focusComposer();
    return this.#send(turn);
  }

  #giveUp(turn) {
    turn.state = "given up";
    pending.remove(turn.key);
    turn.view.showError("This question was not answered.", [this.#edit(turn)]);
  }

  #drop(turn) {
    turn.state = "dropped";
    pending.remove(turn.key);
    this.#tree.remove(turn);
    this.#render();
  }
}

// A turn whose events are read along.
const isWritten = turn => turn.state === "busy" && Boolean(turn.accepted?.events);
