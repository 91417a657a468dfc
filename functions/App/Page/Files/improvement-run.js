import { reportAddress } from "./admin-api.js";
import { approvalForm } from "./approval-form.js";
import { element } from "./dom.js";
import { count, fixed, isFigure, moment, percent, span } from "./figures.js";
import { interval } from "./interval.js";
import { chip, table } from "./parts.js";
import { gateInWords, stageInWords, statusInWords } from "./run-words.js";
import { serverNow } from "./work-api.js";

const STAGE_TONES = { pending: "", running: "accent", done: "good", failed: "bad" };
const STAGE_SIGNS = { pending: "", running: "…", done: "✓", failed: "!" };

/** One run, stage by stage. */
export function runPart(run, page) {
  if (!run) return [blank("The loop has not run yet", "An improvement takes what people said in chat and in labeling, and makes the next model of it. Start one when there is enough.")];
  if (run.isMissing) return [blank("There is no such improvement", "It may have been removed. Choose another one from the list.")];
  return [element("article", { className: "run card", "aria-labelledby": "run-title" },
    element("div", { className: "card-head" },
      element("h2", { id: "run-title" }, `Improvement of ${moment(run.startedAt)}`), chip(...statusInWords(run.status))),
    element("p", { className: "quiet-text small run-about" }, ...about(run)),
    run.message ? element("p", { className: "run-message" }, run.message) : null,
    element("ol", { className: "stages", "aria-label": "Stages" }, ...run.stages.map(stage)),
    run.report ? figures(run) : null,
    run.gates?.length > 0 ? gates(run.gates) : null,
    approval(run, page))];
}

/** Times that run are counted on between two answers of the server. */
export function countOn(node) {
  for (const time of node.querySelectorAll("[data-since]")) time.textContent = span((serverNow() - Date.parse(time.dataset.since)) / 1000);
}

const blank = (title, text) => element("section", { className: "blank" }, element("h2", {}, title), element("p", {}, text));

function about({ by, reason, dataset, baseVersion, modelVersion, report, runId }) {
  const parts = [
    by && `Started by ${by}`, reason && `“${reason}”`, baseVersion && `from version ${baseVersion}`, dataset && `on data set ${dataset}`, modelVersion && `made version ${modelVersion}`,
  ].filter(Boolean);
  const link = report ? element("a", { href: reportAddress(runId), target: "_blank", rel: "noopener" }, "The trainer’s report") : null;
  return [parts.join(" · "), ...link ? [" · ", link] : []];
}

function stage({ name, status, startedAt, endedAt, message }) {
  const time = element("span", { className: "stage-time" });
  if (status === "running" && startedAt) {
    time.dataset.since = startedAt;
  } else if (startedAt && endedAt) {
    time.textContent = span((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  }
  return element("li", { className: `stage ${status}`, "aria-current": status === "running" ? "step" : null },
    element("span", { className: "stage-sign", "aria-hidden": "true" }, STAGE_SIGNS[status] ?? ""),
    element("div", { className: "stage-body" },
      element("div", { className: "stage-head" }, element("span", { className: "stage-name" }, stageInWords(name)), chip(status, STAGE_TONES[status]), time),
      message ? element("p", { className: "stage-message" }, message) : null));
}

function figures({ report }) {
  const { winRate, rewardAccuracy, judgeAccuracy, kl, moderation, seconds } = report;
  const rows = [
    rewardAccuracy && ["Reward model’s accuracy", percent(rewardAccuracy.value, 1), `on ${count(rewardAccuracy.n)} held-out pairs; taking the longer answer: ${percent(rewardAccuracy.lengthBaseline, 1)}`],
    judgeAccuracy && ["Judge’s accuracy", percent(judgeAccuracy.value, 1), `on ${count(judgeAccuracy.n)} pairs that it had not seen`],
    isFigure(kl) && ["KL divergence", `${fixed(kl, 1)} nats`, "an answer, from the model that it started from"],
    moderation && ["Flagged answers", `${percent(moderation.flaggedShareBefore, 1)} → ${percent(moderation.flaggedShareAfter, 1)}`, `before and after, on ${count(moderation.n)} prompts`],
    isFigure(seconds) && ["Training took", span(seconds), ""],
  ].filter(Boolean);
  return element("section", { className: "measured", "aria-labelledby": "measured-title" },
    element("h3", { id: "measured-title" }, "What was measured"),
    winRate ? interval("Win rate against the serving model", winRate) : element("p", { className: "quiet-text" }, "The win rate was not measured."),
    element("dl", { className: "measures" }, ...rows.flatMap(([name, value, note]) => [
      element("dt", {}, name), element("dd", {}, element("strong", {}, value), note ? element("span", { className: "quiet-text small" }, ` ${note}`) : "")])));
}

const gates = all => element("section", { className: "gates", "aria-labelledby": "gates-title" },
  element("h3", { id: "gates-title" }, "Gates"),
  table("Gates", ["Gate", "Measured", "Limit"], all.map(({ name, passed, value, limit, message }) => [
    element("span", {}, gateInWords(name), " ", chip(passed ? "passed" : "not passed", passed ? "good" : "bad"), element("span", { className: "gate-message" }, message)),
    fixed(value, 3), fixed(limit, 3),
  ])));

function approval(run, page) {
  if (run.approval) {
    const { decision, by, at, comment } = run.approval;
    return element("p", { className: "decision" },
      chip(decision === "approve" ? "approved" : "rejected", decision === "approve" ? "good" : "bad"), ` by ${by}, ${moment(at)}${comment ? `: “${comment}”` : "."}`);
  }
  return run.status === "awaitingApproval" ? approvalForm(run.runId, page) : null;
}
