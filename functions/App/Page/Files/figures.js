// Figures and times in words.

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

export const isFigure = value => typeof value === "number" && Number.isFinite(value);

export const count = value => (isFigure(value) ? value.toLocaleString("en") : "–");

export const fixed = (value, digits = 2) => (isFigure(value) ? value.toFixed(digits).replace("-", "−") : "–");

export const percent = (value, digits = 0) => (isFigure(value) ? `${(value * 100).toFixed(digits)} %` : "–");

/** 1 answer, 2 answers. */
export const many = (value, one, more = `${one}s`) => `${count(value)} ${value === 1 ? one : more}`;

export function span(seconds) {
  if (!isFigure(seconds)) return "–";
  if (seconds < MINUTE) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${Math.floor(seconds % HOUR / MINUTE)} min`;
  return `${Math.floor(seconds / DAY)} d ${Math.floor(seconds % DAY / HOUR)} h`;
}

export const day = date => new Date(date).toLocaleDateString("en", { month: "short", day: "numeric", timeZone: "UTC" });

export const moment = date => new Date(date).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
