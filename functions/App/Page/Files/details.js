import { element } from "./dom.js";
import { categoryInWords, duration, finishInWords, kindInWords } from "./words.js";

// Scores below are noise to a reader; the API has them all.
const LEAST_SCORE_SHOWN = 0.01;

/** The small view of what stands behind one answer. */
export function detailsOf(turn) {
  return element("details", { className: "details" },
    element("summary", {}, "Details"),
    element("dl", {}, ...rowsOf(turn).flatMap(([term, ...values]) => [
      element("dt", {}, term),
      ...values.map(value => element("dd", {}, value)),
    ])));
}

function rowsOf({ source, finishReason, template, timings, usage, moderation, answeredAt }) {
  return [
    ["Answered by", source === "template" ? "a template" : "the model"],
    template && ["Template", [kindInWords(template.kind), template.category, template.language].filter(Boolean).join(" · ")],
    finishReason && ["Ended", finishInWords(finishReason)],
    timings && ["Time", [
      `${duration(timings.totalMs)} in all`,
      timings.generationMs > 0 && `${duration(timings.generationMs)} writing`,
      timings.moderationMs > 0 && `${duration(timings.moderationMs)} moderation`,
    ].filter(Boolean).join(", ")],
    usage && ["Tokens", `${usage.inputTokens} read, ${usage.outputTokens} written, ${usage.totalTokens} in all`],
    ["Question moderation", ...verdict(moderation?.question)],
    ["Answer moderation", ...verdict(moderation?.answer)],
    answeredAt && ["Answered", new Date(answeredAt).toLocaleString()],
  ].filter(Boolean);
}

function verdict(side) {
  if (!side) return ["not moderated"];
  const scores = Object.entries(side.scores ?? {})
    .filter(([, score]) => score >= LEAST_SCORE_SHOWN)
    .sort(([, a], [, b]) => b - a)
    .map(([category, score]) => `${categoryInWords(category)} ${score.toFixed(2)}`);
  const flagged = (side.categories ?? []).map(categoryInWords).join(", ");
  const outcome = side.flagged ? `held back${flagged ? `: ${flagged}` : ""}` : "passed";
  return scores.length > 0 ? [outcome, `scores: ${scores.join(", ")}`] : [outcome];
}
