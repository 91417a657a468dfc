import { element } from "./dom.js";
import { count, fixed, isFigure, many, percent } from "./figures.js";
import { chip, head, nothing, table } from "./parts.js";

// Krippendorff, Content Analysis (2004), page 241: 0.8 to rely on, 0.667 for tentative conclusions.
const RELIABLE = 0.8;
const TENTATIVE = 0.667;

export function agreementPart(agreement) {
  const { krippendorffAlpha, pairwise, ratings, modelVersusPeople } = agreement ?? {};
  const figures = [
    ["Agreement on ranks", "Krippendorff’s alpha", alpha(krippendorffAlpha), "How far labelers order answers alike, beyond chance: 1 is perfect, 0 is chance."],
    ["Pairs ordered alike", "pairwise", plain(pairwise, percent), "Of two answers that two people ordered, how often both prefer the same one; 50 % is chance."],
    ...["helpful", "honest", "harmless"].map(aim => [`Rating: ${aim}`, "Krippendorff’s alpha", alpha(ratings?.[aim]), `How far labelers give the same ratings for ${aim}.`]),
    ["Model against people", "pairwise", plain(modelVersusPeople, percent), "Of two answers that people’s consensus orders, how often the reward model prefers the same one; 50 % is chance."],
  ].filter(([, , shown]) => shown);
  if (figures.length === 0) return [head("agreement", "Agreement"), nothing("Agreement needs tasks that two labelers have labeled.")];
  return [head("agreement", "Agreement"), element("dl", { className: "figures" }, ...figures.flatMap(([name, measure, shown, meaning]) => [
    element("dt", {}, name, element("span", { className: "measure" }, ` ${measure}`)),
    element("dd", {}, ...shown, element("p", {}, meaning)),
  ]))];
}

function alpha(value) {
  if (!isFigure(value)) return null;
  const [text, tone] = value >= RELIABLE ? ["reliable", "good"] : value >= TENTATIVE ? ["tentative", "warn"] : ["weak", "bad"];
  return [element("strong", {}, fixed(value)), chip(text, tone)];
}

const plain = (value, inWords) => (isFigure(value) ? [element("strong", {}, inWords(value))] : null);

export function labelersPart(labelers) {
  if (!labelers?.length) return [head("labelers", "Labelers"), nothing("Nobody has labeled enough to say how far they agree with the others.")];
  const atChance = labelers.filter(labeler => labeler.isAtChance);
  const hasGold = labelers.some(labeler => labeler.gold);
  // Those to look at first.
  const order = [...labelers].sort((a, b) => Number(b.isAtChance ?? false) - Number(a.isAtChance ?? false) || (a.meanTauB ?? 0) - (b.meanTauB ?? 0));
  return [
    head("labelers", "Labelers", many(labelers.length, "labeler")),
    atChance.length > 0 ? element("p", { className: "alarm" },
      element("strong", {}, atChance.map(labeler => labeler.labeler).join(", ")), ` ${atChance.length === 1 ? "agrees" : "agree"} with the others no more than chance would. Their labels still count until you decide otherwise.`) : null,
    table("Labelers", ["Labeler", "Tasks", "Agreement", "Chance", ...hasGold ? ["Gold"] : []], order.map(each => [
      element("span", {}, each.labeler, each.isAtChance ? element("span", {}, " ", chip("at chance", "bad")) : ""),
      count(each.tasks), fixed(each.meanTauB), probability(each.pValue), ...hasGold ? [each.gold ? `${fixed(each.gold.meanTau)} of ${each.gold.tasks}` : "–"] : [],
    ])),
    element("p", { className: "quiet-text small" }, "Agreement is the mean of Kendall’s tau-b against the consensus of the others: 1 is their order, 0 is chance, −1 the reverse. Chance is the probability that somebody who guesses agrees as much."),
  ];
}

const probability = value => !isFigure(value) ? "–" : value < 0.001 ? "< 0.001" : fixed(value, 3);
