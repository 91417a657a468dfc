// The chat API as the page uses it. Addresses are relative to the page, so that it also works behind a path prefix.

import { newKey } from "./keys.js";
import { user } from "./user.js";

// Longer than Azure lets any request last: 230 seconds.
const POST_PATIENCE_MS = 240_000;
const GET_PATIENCE_MS = 30_000;

/** What went wrong, in words. `status` is 0 where no answer came at all. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same request may well succeed later. */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Asks. The same key never answers twice, so a request that failed may be sent again as it is. */
export function ask({ message, conversationId, key }, signal) {
  return send("api/chat", POST_PATIENCE_MS, signal, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(conversationId ? { message, conversationId } : { message }),
  });
}

export const readTurn = (conversationId, turnId, signal) =>
  send(`api/chat/${encodeURIComponent(conversationId)}/turns/${encodeURIComponent(turnId)}`, GET_PATIENCE_MS, signal);

export const readConversation = (conversationId, signal) =>
  send(`api/chat/${encodeURIComponent(conversationId)}`, GET_PATIENCE_MS, signal);

/** Says something of an answer: { conversationId, turnId, kind, … }. */
export const sendFeedback = (judgement, signal) =>
  send("api/feedback", GET_PATIENCE_MS, signal, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": newKey() },
    body: JSON.stringify(judgement),
  });

/** What this user has said of a conversation's answers. */
export const readFeedback = async (conversationId, signal) =>
  (await send(`api/feedback?conversationId=${encodeURIComponent(conversationId)}`, GET_PATIENCE_MS, signal)).judgements;

export const readConsent = signal => send("api/users/me/consent", GET_PATIENCE_MS, signal);

export const setConsent = (allowDataUse, signal) =>
  send("api/users/me/consent", GET_PATIENCE_MS, signal, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ allowDataUse }),
  });

export const exportData = signal => send("api/users/me/export", POST_PATIENCE_MS, signal);

export const deleteData = signal => send("api/users/me", GET_PATIENCE_MS, signal, { method: "DELETE" });

export const readPurge = (purgeId, signal) => send(`api/users/me/purges/${encodeURIComponent(purgeId)}`, GET_PATIENCE_MS, signal);

async function send(path, patienceMs, signal, init = {}) {
  const patience = AbortSignal.timeout(patienceMs);
  let response, text;
  try {
    response = await fetch(path, {
      cache: "no-store",
      ...init,
      headers: { ...init.headers, "X-User-Id": user.id },
      signal: AbortSignal.any([signal, patience]),
    });
    text = await response.text();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(0, "unreachable", patience.aborted
      ? "ChatLoop took too long to respond."
      : "ChatLoop could not be reached. Check the connection and that the app is running.");
  }

  const body = parse(text);
  if (!response.ok) throw new ApiError(response.status, body?.error?.code ?? "", body?.error?.message ?? inWords(response.status));
  if (!body) throw new ApiError(502, "not_json", "The response could not be read: it was not from ChatLoop's API.");
  return { ...body, retryAfterMs: secondsToMs(response.headers.get("Retry-After")) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function secondsToMs(retryAfter) {
  const seconds = Number(retryAfter);
  return retryAfter && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function inWords(status) {
  if (status === 404) return "This was not found.";
  if (status === 413) return "The question is too long.";
  if (status === 429) return "There are too many questions at the moment. Please wait a little.";
  if (status >= 500) return `Something went wrong on ChatLoop's side (error ${status}).`;
  return `ChatLoop did not accept the request (error ${status}).`;
}
