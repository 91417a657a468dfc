import { ApiError } from "./api.js";

const PATIENCE_MS = 30_000;

// A browser's clock may be minutes off; what ends at a time of the server's is counted by the server's clock.
let serverAheadMs = 0;

/** The server's time as far as its answers told it, in milliseconds. */
export const serverNow = () => Date.now() + serverAheadMs;

/** Sends one request and reads the JSON that it is answered with; null where nothing came with it. */
export async function call(path, { method = "GET", body, headers = {} } = {}) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let response, text;
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      signal: patience,
      headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    text = await response.text();
  } catch {
    throw new ApiError(0, "unreachable", patience.aborted
      ? "ChatLoop took too long to respond."
      : "ChatLoop could not be reached. Check the connection and that the app is running.");
  }

  const date = Date.parse(response.headers.get("Date"));
  if (Number.isFinite(date)) serverAheadMs = date - Date.now();
  const parsed = parse(text);
  if (!response.ok) throw new ApiError(response.status, parsed?.error?.code ?? "", parsed?.error?.message ?? inWords(response.status));
  if (text && !parsed) throw new ApiError(502, "not_json", "The response could not be read: it was not from ChatLoop's API.");
  return parsed;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function inWords(status) {
  if (status === 401 || status === 403) return "This needs a key or a sign-in that was not given, or not the right one.";
  if (status === 404) return "This was not found.";
  if (status === 429) return "There are too many requests at the moment. Please wait a little.";
  return status >= 500 ? `Something went wrong on ChatLoop's side (error ${status}).` : `ChatLoop did not accept the request (error ${status}).`;
}
