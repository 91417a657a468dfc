// Server-sent events as fetch reads them: EventSource can neither ask by POST nor say who asks.

// The server writes a comment line every ten seconds.
const SILENCE_MS = 40_000;

export const isStream = response => (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");

/** The events of a response: { name, id, data }, ending early where the connection breaks. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    while (true) {
      const { done, value } = await withinPatience(reader.read());
      if (done) return;
      text += value;
      const blocks = text.split("\n\n");
      text = blocks.pop();
      yield* blocks.map(parse).filter(({ name }) => name);
    }
  } finally {
    // Also where the reader of these events has left: the connection must not stay open.
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  const event = {};
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) event.name = line.slice(7);
    if (line.startsWith("id: ")) event.id = line.slice(4);
    if (line.startsWith("data: ")) event.data = JSON.parse(line.slice(6));
  }
  return event;
}

function withinPatience(reading) {
  let timer;
  const patience = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("The stream fell silent.")), SILENCE_MS); });
  return Promise.race([reading, patience]).finally(() => clearTimeout(timer));
}
