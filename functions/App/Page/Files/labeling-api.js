import { call } from "./work-api.js";
import { user } from "./work-user.js";

const send = (path, options = {}) => call(`api/labeling/${path}`, { ...options, headers: user.headers });

/** Null where nothing is left to do. */
export const nextTask = () => send("next");

export const heldTasks = async () => (await send("leases"))?.tasks ?? [];

export const progress = () => send("progress");

/** Markdown by kind of task. */
export const guidelines = () => send("guidelines");

export const submit = (taskId, submission) =>
  send(`tasks/${encodeURIComponent(taskId)}/submissions`, { method: "POST", body: submission });

export const skip = (taskId, reason, comment) =>
  send(`tasks/${encodeURIComponent(taskId)}/skip`, { method: "POST", body: comment ? { reason, comment } : { reason } });
