// What the API's codes mean, in words for people.

const reasons = {
  questionBlocked: of => `The question did not pass moderation${of}. The model never saw it.`,
  answerBlocked: of => `The model wrote an answer, but it did not pass moderation${of}, so it is not shown.`,
  moderationUnavailable: () => "Moderation was not available, and nothing is shown without it.",
  generationFailed: () => "The model failed while it was writing the answer.",
  timedOut: () => "The model did not finish in time.",
  tooLong: () => "The question or its answer is longer than the model can handle.",
};

const kinds = {
  questionBlocked: "Question held back",
  answerBlocked: "Answer held back",
  moderationUnavailable: "Moderation unavailable",
  generationFailed: "Generation failed",
  timedOut: "Timed out",
  tooLong: "Too long",
};

const categories = {
  "harassment": "harassment",
  "harassment/threatening": "threatening harassment",
  "hate": "hate",
  "hate/threatening": "threatening hate",
  "illicit": "illicit activity",
  "illicit/violent": "violent illicit activity",
  "self-harm": "self-harm",
  "self-harm/instructions": "instructions for self-harm",
  "self-harm/intent": "intent of self-harm",
  "sexual": "sexual content",
  "sexual/minors": "sexual content involving minors",
  "violence": "violence",
  "violence/graphic": "graphic violence",
};

const finishReasons = {
  stop: "finished",
  length: "cut at the length limit",
  stopped: "stopped by you",
  content_filter: "held back by moderation",
  timeout: "out of time",
  error: "failed",
};

// Where the conversation itself is the obstacle, the API's words are for programs.
const endedConversations = {
  conversation_not_found: "This conversation does not exist any more.",
  not_yours: "This conversation is somebody else's.",
  conversation_full: "This conversation has as many questions as one can hold.",
};

const feedbackReasons = {
  correct: "Correct",
  helpful: "Helpful",
  wellWritten: "Well written",
  untrue: "Not true",
  notHelpful: "Not helpful",
  harmful: "Harmful",
  ignoresInstructions: "Ignores what I asked",
  tooLong: "Too long",
  tooShort: "Too short",
  wronglyRefused: "Refused for no reason",
  other: "Something else",
};

const dataKinds = {
  conversations: ["conversation", "conversations"],
  judgements: ["judgement", "judgements"],
  consent: ["consent", "consents"],
  journal: ["journal file", "journal files"],
  failedMessages: ["message that failed", "messages that failed"],
  moderationReports: ["report of a blocked turn", "reports of blocked turns"],
};

// Own properties only: a category called "constructor" is unknown too.
const look = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);

export const categoryInWords = category => look(categories, category) ?? category;

export const finishInWords = reason => look(finishReasons, reason) ?? reason;

/** Says so where no question can be asked in this conversation again. */
export const whyConversationEnded = code => look(endedConversations, code);

export const feedbackReasonInWords = reason => look(feedbackReasons, reason) ?? reason;

/** How much of a user's data there is: "2 conversations, 1 judgement". */
export const dataInWords = counts => Object.entries(counts)
  .filter(([, count]) => count > 0)
  .map(([kind, count]) => `${count} ${look(dataKinds, kind)?.[count === 1 ? 0 : 1] ?? kind}`)
  .join(", ");

export const kindInWords = kind => look(kinds, kind) ?? kind;

export function whyTemplate({ kind, category }) {
  const of = category && category !== "default" ? ` (${categoryInWords(category)})` : "";
  return look(reasons, kind)?.(of) ?? `The model's answer could not be shown (${kind}).`;
}

export function duration(ms) {
  if (!Number.isFinite(ms)) return "–";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** An answer for those who listen. */
export function spoken({ source, template, answer, drafts }) {
  if (source === "template") return `A template answered. ${whyTemplate(template ?? {})} ${answer}`;
  return drafts ? `Two answers. The first: ${drafts[0].text} The second: ${drafts[1].text}` : `Answer: ${answer}`;
}
