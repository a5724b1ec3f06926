// Asks the JSON interface, with the employee's token where the server wants one.

const KEPT_AS = "loket-helpdesk-token";
const PATIENCE_MS = 90_000;

let askForToken = async () => false;

/** `ask(refused)` shows a form and says whether a token was given; `refused`: the one that was sent did not do. */
export function onTokenWanted(ask) {
  askForToken = ask;
}

export const token = {
  get: () => sessionStorage.getItem(KEPT_AS),
  set: (value) => sessionStorage.setItem(KEPT_AS, value),
  forget: () => sessionStorage.removeItem(KEPT_AS),
};

/** Why there is no answer. `kind`: offline, token, role, missing, busy, invalid or server; `type` as the problem has it. */
export class Refusal extends Error {
  constructor(kind, { detail = "", type = "", seconds = null, errors = [] } = {}) {
    super(kind);
    Object.assign(this, { kind, detail, type, seconds, errors });
  }
}

const KINDS = { 401: "token", 403: "role", 404: "missing", 422: "invalid", 429: "busy", 503: "busy" };

function address(path, query) {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return said.length ? `${path}?${new URLSearchParams(said)}` : path;
}

async function send(path, { method, query, body, signal }) {
  const headers = {};
  if (token.get()) headers.Authorization = `Bearer ${token.get()}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const patience = AbortSignal.timeout(PATIENCE_MS);
  return fetch(address(path, query), {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: "same-origin",
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  });
}

/**
 * What the server answers, as JSON; null where it answers nothing.
 * Throws Refusal; an AbortError where `signal` says that nobody waits any more.
 */
export async function call(path, { method, query = {}, body, signal } = {}) {
  const how = { method: method ?? (body === undefined ? "GET" : "POST"), query, body, signal };
  for (;;) {
    let response;
    try {
      response = await send(path, how);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Refusal("offline");
    }
    if (response.ok) return response.status === 204 ? null : response.json();
    const sent = token.get();
    const another = response.status === 401 || (response.status === 403 && !sent);
    if (another && (await askForToken(Boolean(sent)))) continue;
    const problem = await response.json().catch(() => ({}));
    throw new Refusal(KINDS[response.status] ?? "server", {
      detail: problem.detail,
      type: problem.type,
      errors: problem.errors,
      seconds: Number(response.headers.get("Retry-After")) || null,
    });
  }
}

const piece = encodeURIComponent;

export const passagePath = (policyId, passageId) => `/v1/policies/${piece(policyId)}/passages/${piece(passageId)}`;

/** The page on which a policy is read, at the passage where there is one. */
export function readingPath(policyId, passageId = null) {
  const english = document.documentElement.lang === "en";
  const page = `/policies/${piece(policyId)}`;
  if (!passageId) return english ? `${page}?lang=en` : page;
  return `${page}?passage=${piece(passageId)}${english ? "&lang=en" : ""}#${piece(passageId)}`;
}
