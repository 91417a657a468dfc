import { columns, divided } from "./charts.js";
import { element } from "./dom.js";
import { count, day, fixed, isFigure, many, span } from "./figures.js";
import { head, nothing, table } from "./parts.js";

const KINDS = { rank: "Ranking", rate: "Rating", write: "Writing", flag: "Flagging" };
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const OLD_SECONDS = 3600;

const sum = values => values.reduce((all, value) => all + value, 0);

export function tilesPart({ tasks = {}, throughput = [], agreement, queues = [], at }) {
  const waiting = (tasks.open ?? 0) + (tasks.leased ?? 0) + (tasks.submitted ?? 0);
  const poison = sum(queues.map(queue => queue.poison ?? 0));
  const week = throughput.filter(each => Date.parse(at) - Date.parse(each.day) < WEEK_DAYS * DAY_MS);
  const atChance = agreement?.labelers?.filter(labeler => labeler.isAtChance).length ?? 0;
  return [
    tile("Tasks that want labels", count(waiting), `${count(tasks.closed ?? 0)} closed`),
    tile("Submissions in seven days", count(sum(week.map(each => each.submissions))), `at most ${many(Math.max(0, ...week.map(each => each.labelers)), "labeler")} a day`),
    tile("Agreement on ranks", fixed(agreement?.krippendorffAlpha), atChance > 0 ? `${many(atChance, "labeler")} at chance` : "Krippendorff’s alpha", atChance > 0 ? "warn" : ""),
    tile("Poison messages", count(poison), poison > 0 ? "see Failed messages" : "every message was taken", poison > 0 ? "bad" : "good"),
  ];
}

const tile = (name, value, note, tone = "") => element("li", { className: "tile" },
  element("span", { className: "tile-name" }, name), element("strong", { className: "tile-value" }, value), element("span", { className: `tile-note ${tone}` }, note));

export function tasksPart({ tasks = {}, byKind = {} }) {
  const parts = [
    { label: "Open", value: tasks.open ?? 0, tone: "open" },
    { label: "Being labeled", value: tasks.leased ?? 0, tone: "leased" },
    { label: "Want more labelers", value: tasks.submitted ?? 0, tone: "submitted" },
    { label: "Closed", value: tasks.closed ?? 0, tone: "closed" },
  ];
  const all = sum(parts.map(each => each.value));
  if (all === 0) return [head("tasks", "Tasks"), nothing("There are no tasks yet. Submit some with POST /api/labeling/tasks.")];
  return [
    head("tasks", "Tasks", many(all, "task")),
    divided("Tasks by state", parts),
    element("ul", { className: "kinds", "aria-label": "Tasks by kind" }, ...Object.entries(byKind).map(([kind, value]) =>
      element("li", {}, `${KINDS[kind] ?? kind} `, element("strong", {}, count(isFigure(value) ? value : sum(Object.values(value ?? {}))))))),
  ];
}

export function throughputPart(days) {
  if (!days?.length) return [head("throughput", "Submissions per day"), nothing("Nobody has submitted anything yet.")];
  return [head("throughput", "Submissions per day", many(sum(days.map(each => each.submissions)), "submission")),
    columns("Submissions per day", withDaysBetween(days).map(each => ({ label: day(each.day), value: each.submissions, detail: many(each.labelers, "labeler") })))];
}

/** Days on which nobody submitted are not told of; a chart shows them as what they are. */
function withDaysBetween(days) {
  const byDay = new Map(days.map(each => [Date.parse(each.day), each]));
  const [first, last] = [Math.min(...byDay.keys()), Math.max(...byDay.keys())];
  return Array.from({ length: Math.round((last - first) / DAY_MS) + 1 }, (_, index) => first + index * DAY_MS)
    .map(time => byDay.get(time) ?? { day: time, submissions: 0, labelers: 0 });
}

export function queuesPart(queues) {
  if (!queues?.length) return [head("queues", "Queues"), nothing("No queue is known.")];
  return [head("queues", "Queues"), table("Queues", ["Queue", "Waiting", "Oldest", "Poison"], queues.map(({ queue, messages, oldestAgeSeconds, poison }) => [
    element("code", {}, queue),
    count(messages),
    isFigure(oldestAgeSeconds) ? element("span", { className: oldestAgeSeconds > OLD_SECONDS ? "warn" : "" }, span(oldestAgeSeconds)) : "–",
    poison > 0 ? element("a", { href: "#failed", className: "bad" }, count(poison)) : count(poison),
  ]))];
}
