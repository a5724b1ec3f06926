// Asks the service and reads its events.

const PATIENCE_MS = 90_000;

/**
 * A refusal or failure that can be shown. `kind`: network or server; `name`: the kind of problem that the server
 * named; `seconds`: when to come back.
 */
export class Failure extends Error {
  constructor(kind, { name = "", status = 0, seconds = null } = {}) {
    super(kind);
    Object.assign(this, { kind, name, status, seconds });
  }
}

/** The failure that a problem of the server tells. */
export function failureOf(problem, seconds = null) {
  const name = String(problem?.type || "").replace("urn:loket:problem:", "");
  return new Failure("server", { name, status: Number(problem?.status) || 0, seconds });
}

/** The problem in a response that is no success, as a failure. */
export async function readFailure(response) {
  const problem = await response.json().catch(() => ({}));
  return failureOf({ status: response.status, ...problem }, Number(response.headers.get("Retry-After")) || null);
}

async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pending += value;
    let end = pending.indexOf("\n\n");
    while (end >= 0) {
      const lines = pending.slice(0, end).split("\n");
      pending = pending.slice(end + 2);
      const name = lines.find((line) => line.startsWith("event: "));
      const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
      if (name && data) yield { name: name.slice(7), data: JSON.parse(data) };
      end = pending.indexOf("\n\n");
    }
  }
}

/**
 * The answer record to `body`; `hear(name, data)` is told of every event before it.
 * Throws Failure when there is none.
 */
export async function askService(server, body, hear) {
  let response;
  try {
    response = await fetch(`${server}/v1/answers/stream`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Failure("network");
  }
  if (!response.ok) throw await readFailure(response);
  try {
    for await (const { name, data } of eventsOf(response)) {
      if (name === "error") throw failureOf(data);
      if (name === "answer") return data;
      hear(name, data);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("network");
  }
  throw new Failure("server");
}
