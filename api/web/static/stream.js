// Asks the service and reads its events.

const PATIENCE_MS = 90_000;

/** A refusal or failure that the page can show. */
export class Failure extends Error {
  constructor(kind, detail = "", seconds = null) {
    super(kind);
    this.kind = kind;
    this.detail = detail;
    this.seconds = seconds;
  }
}

function fromProblem(problem, seconds) {
  const fields = (problem.errors || []).map((error) => error.message).join(" ");
  return new Failure("server", fields || problem.detail || "", seconds);
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
 * The answer record to `body`; `onEvidence` hears that passages were found.
 * Throws Failure when there is none.
 */
export async function askService(body, onEvidence) {
  let response;
  try {
    response = await fetch("/v1/answers/stream", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Failure("network");
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw fromProblem(problem, Number(response.headers.get("Retry-After")) || null);
  }
  try {
    for await (const event of eventsOf(response)) {
      if (event.name === "evidence" && event.data.citations?.length) onEvidence();
      if (event.name === "error") throw fromProblem(event.data, null);
      if (event.name === "answer") return event.data;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("network");
  }
  throw new Failure("server");
}
