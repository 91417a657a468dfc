// The chat API as the page uses it. Addresses are relative to the page, so that it also works behind a path prefix.

import { newKey } from "./keys.js";
import { eventsOf, isStream } from "./stream.js";
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

/**
 * Asks. The same key never answers twice, so a request that failed may be sent again as it is. The turn comes back as soon as
 * it is accepted, with its `events` to read along, or completed.
 */
export async function ask({ message, conversationId, parentTurnId, key }, signal) {
  const { response, text } = await request("api/chat", POST_PATIENCE_MS, signal, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key, "Accept": "text/event-stream, application/json" },
    // What is undefined is left out.
    body: JSON.stringify({ message, conversationId: conversationId ?? undefined, parentTurnId }),
  });
  if (!isStream(response)) return read(response, text);
  const events = eventsOf(response);
  try {
    // A turn that is answered already has its text and its end only.
    for (let next = await events.next(); !next.done; next = await events.next()) {
      const { name, data } = next.value;
      if (name === "queued") return { ...data, events };
      if (name === "done") return data;
    }
  } catch (error) {
    if (signal.aborted) throw error;
  }
  throw new ApiError(0, "unreachable", "The connection was lost.");
}

/** The events of a turn after one of them; null where they cannot be had. */
export async function readOn({ conversationId, turnId }, lastId, signal) {
  try {
    const { response } = await request(`${addressOf(conversationId, turnId)}/stream`, POST_PATIENCE_MS, signal,
      { headers: lastId ? { "Last-Event-ID": lastId } : {} });
    return response.ok && isStream(response) ? eventsOf(response) : null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

/** Ends a running turn with what is there of its answer. */
export const stopTurn = ({ conversationId, turnId }, signal) =>
  send(addressOf(conversationId, turnId), POST_PATIENCE_MS, signal, { method: "DELETE" });

export const readTurn = (conversationId, turnId, signal) =>
  send(addressOf(conversationId, turnId), GET_PATIENCE_MS, signal);

export const readConversation = (conversationId, signal) =>
  send(`api/chat/${encodeURIComponent(conversationId)}`, GET_PATIENCE_MS, signal);

/** A part of this user's list, the newest first: { conversations, continuation }. */
export const listConversations = ({ search = "", continuation = "" }, signal) =>
  send(`api/conversations?${new URLSearchParams({ ...search && { search }, ...continuation && { continuation } })}`, GET_PATIENCE_MS, signal);

export const renameConversation = (conversationId, title, signal) =>
  send(ownAddressOf(conversationId), GET_PATIENCE_MS, signal, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title }),
  });

export const deleteConversation = (conversationId, signal) => send(ownAddressOf(conversationId), GET_PATIENCE_MS, signal, { method: "DELETE" });

/** A conversation as a text: format json or markdown, the latter up to a turn where one is given. */
export async function exportConversation(conversationId, format, turnId, signal) {
  const { response, text } = await request(`${ownAddressOf(conversationId)}/export?${new URLSearchParams({ format, ...turnId && { turnId } })}`, POST_PATIENCE_MS, signal, {});
  if (!response.ok) read(response, text);
  return text;
}

/** Says that a turn was held back by mistake. */
export async function reportTurn({ conversationId, turnId }, signal) {
  const { response, text } = await request(`${ownAddressOf(conversationId)}/turns/${encodeURIComponent(turnId)}/reports`, GET_PATIENCE_MS, signal, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  if (!response.ok) read(response, text);
}

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

const ownAddressOf = conversationId => `api/conversations/${encodeURIComponent(conversationId)}`;

const addressOf = (conversationId, turnId) => `api/chat/${encodeURIComponent(conversationId)}/turns/${encodeURIComponent(turnId)}`;

async function send(path, patienceMs, signal, init = {}) {
  const { response, text } = await request(path, patienceMs, signal, init);
  return read(response, text);
}

/** A response, with its text where it is no stream. */
async function request(path, patienceMs, signal, init) {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(path, {
      cache: "no-store",
      ...init,
      headers: { ...init.headers, "X-User-Id": user.id },
      signal: AbortSignal.any([signal, patience]),
    });
    return { response, text: isStream(response) ? null : await response.text() };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(0, "unreachable", patience.aborted
      ? "ChatLoop took too long to respond."
      : "ChatLoop could not be reached. Check the connection and that the app is running.");
  }
}

function read(response, text) {
  if (response.status === 204) return {};
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
