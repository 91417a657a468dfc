import { element } from "./dom.js";

const SPEAKERS = { user: "The person", assistant: "The assistant", system: "Instructions to the assistant" };

/** The conversation that is to be answered. */
export const prompt = messages => element("ol", { className: "prompt", "aria-label": "The conversation so far" }, ...messages.map(({ role, content }) =>
  element("li", { className: `said by-${Object.hasOwn(SPEAKERS, role) ? role : "other"}` },
    element("span", { className: "speaker" }, Object.hasOwn(SPEAKERS, role) ? SPEAKERS[role] : role),
    element("p", { className: "text", dir: "auto" }, content))));
