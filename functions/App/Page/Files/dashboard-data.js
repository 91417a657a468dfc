import { line } from "./charts.js";
import { element } from "./dom.js";
import { count, day, fixed, many, moment } from "./figures.js";
import { head, nothing, table } from "./parts.js";

const FEEDBACK = { thumbUp: "Thumbs up", thumbDown: "Thumbs down", preference: "Preferred drafts", correction: "Corrected answers" };
const MOST_SHOWN = 8;

export function feedbackPart(feedback = {}) {
  const all = Object.keys(FEEDBACK).reduce((sum, kind) => sum + (feedback?.[kind] ?? 0), 0);
  if (all === 0) return [head("feedback", "Feedback from the chat"), nothing("Nobody has judged an answer in the chat yet.")];
  const most = Math.max(...Object.keys(FEEDBACK).map(kind => feedback[kind] ?? 0));
  return [head("feedback", "Feedback from the chat", many(all, "judgement")), element("dl", { className: "tally" }, ...Object.entries(FEEDBACK).flatMap(([kind, name]) => {
    const bar = element("span", { className: "tally-bar", "aria-hidden": "true" });
    bar.style.width = `${70 * (feedback[kind] ?? 0) / most}%`;
    return [element("dt", {}, name), element("dd", {}, bar, count(feedback[kind] ?? 0))];
  }))];
}

export function disagreementsPart(disagreements) {
  const title = head("disagreements", "Where the model disagrees with people");
  if (!disagreements?.length) return [title, nothing("No task is known on which the reward model orders the answers otherwise than people do.")];
  const rest = disagreements.length - MOST_SHOWN;
  return [title,
    element("p", { className: "quiet-text small" }, "These go to people first: what the model has not learned is there. −1 is the reverse of people’s order, 0 is no relation."),
    table("Tasks on which model and people disagree", ["Task", "Tau"], disagreements.slice(0, MOST_SHOWN).map(({ taskId, tau }) => [element("code", { title: taskId }, taskId.slice(0, 12)), fixed(tau)])),
    rest > 0 ? element("p", { className: "quiet-text small" }, `and ${many(rest, "more task")}`) : null];
}

export function datasetsPart(datasets) {
  if (!datasets?.length) return [head("datasets", "Data sets"), nothing("No version has been built yet. An improvement builds one.")];
  const byTime = [...datasets].sort((a, b) => Date.parse(a.created) - Date.parse(b.created));
  const points = byTime.map(each => ({ label: day(each.created), value: each.comparisons + each.demonstrations + each.ratings, detail: each.id }));
  return [
    head("datasets", "Data sets", many(datasets.length, "version")),
    line("Examples per version", points),
    table("Data sets, the newest first", ["Version", "Compari\u00adsons", "Demon\u00adstra\u00adtions", "Ratings", "Users"], byTime.reverse().slice(0, MOST_SHOWN).map(each =>
      [element("span", { title: each.id }, moment(each.created)), count(each.comparisons), count(each.demonstrations), count(each.ratings), count(each.users)])),
  ];
}
