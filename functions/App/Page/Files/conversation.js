import { ask, readConversation, readFeedback, sendFeedback, stopTurn } from "./api.js";
import { followed } from "./following.js";
import { Judgements } from "./judgements.js";
import { newKey } from "./keys.js";
import { pending } from "./pending.js";
import { TurnView } from "./turn-view.js";
import { whyConversationEnded, whyTemplate } from "./words.js";

/**
 * One conversation on the page, from its opening until another takes its place. `page` is told of what happens:
 * changed(node?), announce(text), identified(id), edit(text), startOver(text), focusComposer().
 */
export class Conversation {
  #list;
  #page;
  #closing = new AbortController();
  #turns = [];
  #judgements = new Judgements();

  constructor(id, list, page) {
    this.id = id;
    this.#list = list;
    this.#page = page;
    list.replaceChildren();
  }

  get isEmpty() {
    return this.#turns.length === 0;
  }

  get isBusy() {
    return this.#turns.some(turn => turn.state === "busy");
  }

  /** Whether an answer is being written that can be stopped. */
  get canStop() {
    return this.#turns.some(isWritten);
  }

  get title() {
    return this.#turns[0]?.message;
  }

  /** Shows what is stored, and carries on with what was under way. */
  async open() {
    const stored = this.id ? (await readConversation(this.id, this.#closing.signal)).turns : [];
    if (stored.length > 0) await this.#readJudgements();
    stored.forEach(turn => this.#show(turn));
    for (const question of pending.of(this.id)) {
      const turn = this.#add(question.message, question.key);
      // It is probably one of those that are shown already: the API will tell by the turn's id.
      turn.view.node.hidden = stored.some(({ question: text }) => text === question.message);
      this.#send(turn);
    }
    this.#page.changed();
  }

  ask(message) {
    // A first question that never got through would open a conversation of its own now.
    if (!this.id) this.#turns.filter(turn => turn.state === "failed").forEach(turn => this.#giveUp(turn));
    return this.#send(this.#add(message, newKey()));
  }

  /** Asks for the end of what is being written; the turns themselves tell of it. */
  async stop() {
    try {
      await Promise.all(this.#turns.filter(isWritten).map(turn => stopTurn(turn.accepted, this.#closing.signal)));
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#page.announce(`The answer could not be stopped. ${error.message}`);
    }
  }

  /** Sends again what only a lost connection held up. */
  retryUnsent() {
    this.#turns.filter(turn => turn.state === "failed" && turn.error?.status === 0).forEach(turn => this.#send(turn));
  }

  close() {
    this.#closing.abort();
    if (!this.id) this.#turns.forEach(turn => pending.remove(turn.key));
  }

  #add(message, key) {
    const turn = { message, key, view: new TurnView(message), state: "busy" };
    this.#turns.push(turn);
    this.#list.append(turn.view.node);
    return turn;
  }

  #show(stored) {
    const turn = this.#add(stored.question, null);
    turn.accepted = { ...stored, conversationId: this.id };
    if (stored.status === "running") {
      this.#send(turn);
    } else {
      turn.state = "done";
      turn.view.showAnswer(stored, this.#judging(stored));
    }
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
  #judging({ turnId, question }) {
    return {
      again: () => this.ask(question),
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
      if (!turn.accepted) this.#accept(turn, await this.#post(turn));
      if (turn.state === "dropped") return;
      this.#page.changed();
      const answered = await followed(turn.accepted, this.#closing.signal, text => this.#grow(turn, text), trouble => turn.view.showNote(
        trouble ? "The connection is lost. Still trying…" : "Thinking…"));
      turn.state = "done";
      turn.view.showAnswer(answered, this.#judging(answered));
      this.#page.announce(spoken(answered));
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#fail(turn, error);
    } finally {
      if (!this.#closing.signal.aborted) this.#page.changed(turn.view.node);
    }
  }

  #grow(turn, text) {
    // An answer that begins anew has no text yet.
    if (text) turn.view.showText(text);
    else turn.view.showThinking();
    this.#page.changed(turn.view.node);
  }

  #post({ message, key }) {
    pending.add({ key, message, conversationId: this.id });
    return ask({ message, conversationId: this.id, key }, this.#closing.signal);
  }

  #accept(turn, accepted) {
    pending.remove(turn.key);
    turn.accepted = accepted;
    turn.view.node.hidden = false;
    if (this.#turns.some(other => other !== turn && other.accepted?.turnId === accepted.turnId)) this.#drop(turn);
    if (this.id) return;
    this.id = accepted.conversationId;
    this.#page.identified(this.id);
  }

  #fail(turn, error) {
    turn.state = "failed";
    turn.error = error;
    turn.view.node.hidden = false;
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
    this.#turns = this.#turns.filter(other => other !== turn);
    turn.view.node.remove();
  }
}

// A turn whose events are read along.
const isWritten = turn => turn.state === "busy" && Boolean(turn.accepted?.events);

function spoken({ source, template, answer, drafts }) {
  if (source === "template") return `A template answered. ${whyTemplate(template ?? {})} ${answer}`;
  return drafts ? `Two answers. The first: ${drafts[0].text} The second: ${drafts[1].text}` : `Answer: ${answer}`;
}
