import { AdminPage, part } from "./admin-page.js";
import { improvement, improvements, models } from "./admin-api.js";
import { element } from "./dom.js";
import { moment } from "./figures.js";
import { modelsPart } from "./improvement-models.js";
import { countOn, runPart } from "./improvement-run.js";
import { askToStart } from "./improvement-start.js";
import { chip, nothing } from "./parts.js";
import { isUnderWay, statusInWords } from "./run-words.js";

const EVERY_MS = 5000;

const byId = id => document.getElementById(id);
const page = new AdminPage(load, EVERY_MS);

const show = {
  runs: part("runs", runsPart),
  models: part("models", seen => modelsPart(seen, page)),
  run: part("run", run => runPart(run, page)),
};

async function load() {
  const [runs, versions] = await Promise.all([improvements(), models()]);
  const order = [...runs].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const chosen = chosenId() ?? order[0]?.runId;
  const run = chosen ? await improvement(chosen).catch(error => {
    // One that is not there any more, or never was: the page says so where it would stand.
    if (error.status !== 404) throw error;
    return { runId: chosen, isMissing: true };
  }) : null;
  byId("content").hidden = byId("start").hidden = false;
  byId("start").setAttribute("aria-disabled", runs.some(each => isUnderWay(each.status)));
  show.runs({ order: order.map(({ runId, status, startedAt, reason, modelVersion }) => ({ runId, status, startedAt, reason, modelVersion })), chosen });
  show.models(versions);
  show.run(run);
  countOn(byId("run"));
}

function runsPart({ order, chosen }) {
  if (order.length === 0) return [element("li", {}, nothing("There has been no improvement yet."))];
  return order.map(({ runId, status, startedAt, reason }) => element("li", {},
    element("a", { className: "run-link", href: `#${encodeURIComponent(runId)}`, "aria-current": runId === chosen ? "true" : null },
      element("span", { className: "run-line" }, element("strong", {}, moment(startedAt)), chip(...statusInWords(status))),
      reason ? element("span", { className: "run-reason" }, reason) : null)));
}

function chosenId() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

byId("start").addEventListener("click", () => {
  if (byId("start").getAttribute("aria-disabled") === "true") page.say("An improvement is under way: wait for its end.");
  else askToStart(page);
});
addEventListener("hashchange", () => page.refresh());
setInterval(() => countOn(byId("run")), 1000);
page.refresh();
