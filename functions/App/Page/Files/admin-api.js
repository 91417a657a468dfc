import { call } from "./work-api.js";
import { user } from "./work-user.js";

const STORE = "chatloop.adminKey";

// Of this tab only: a key that opens everything is not left in a browser.
export const adminKey = {
  get value() {
    return sessionStorage.getItem(STORE) ?? "";
  },
  set value(key) {
    sessionStorage.setItem(STORE, key);
  },
};

const send = (path, options = {}) => call(`api/${path}`, {
  ...options,
  headers: { ...user.headers, ...adminKey.value ? { "x-functions-key": adminKey.value } : {} },
});

const id = encodeURIComponent;

export const overview = () => send("admin/overview");

export const failedMessages = async () => (await send("admin/failed?state=waiting"))?.messages ?? [];

export const requeue = (messageId, repaired) =>
  send(`admin/failed/${id(messageId)}/requeue`, { method: "POST", ...repaired === undefined ? {} : { body: { message: repaired } } });

export const requeueAll = queue => send(`admin/failed/requeue?queue=${id(queue)}`, { method: "POST" });

export const discard = (messageId, reason) => send(`admin/failed/${id(messageId)}?reason=${id(reason)}`, { method: "DELETE" });

export const improvements = async () => (await send("improvements"))?.improvements ?? [];

export const improvement = runId => send(`improvements/${id(runId)}`);

export const startImprovement = (reason, recipe) =>
  send("improvements", { method: "POST", body: { ...reason ? { reason } : {}, ...recipe ? { recipe } : {} } });

export const decide = (runId, decision, comment) =>
  send(`improvements/${id(runId)}/approval`, { method: "POST", body: comment ? { decision, comment } : { decision } });

/** An address that a browser may open, with the key where there is one: a link sends no header. */
export const reportAddress = runId => `api/improvements/${id(runId)}/report${adminKey.value ? `?code=${id(adminKey.value)}` : ""}`;

export const models = () => send("models");

export const serveVersion = (version, reason) => send("models/current", { method: "POST", body: reason ? { version, reason } : { version } });
