// One line in: the draft answer and its evidence side by side, with what else the search found.

import { element } from "../dom.js";
import * as caller from "./caller.js";
import { draft, spoken } from "./draft.js";
import { placeOf, readOn } from "./passages.js";
import { policyWords } from "./policy_words.js";
import { day, fits, scope, setScope } from "./scope.js";
import { call } from "./service.js";
import { empty, refused, say, scanned, tell, waiting } from "./states.js";
import { language, t } from "./words.js";

const SEARCHED = 40;
const SHOWN = 10;

const [form, input, askButton, draftBody, draftTitle, cited, found] = [
  "asking", "question", "ask", "draft-body", "draft-title", "cited", "found",
].map((id) => document.getElementById(id));

let current = null;
let asking = null;
let acts = {};

/** What is on the screen: {question, scope, day, answer, found}; null: nothing yet. */
export const onScreen = () => current;

/** Passages near `question` within the scope that is set; at most `SHOWN`. */
export async function search(question, signal) {
  const { results } = await call("/v1/search", { query: { q: question, k: SEARCHED }, signal });
  return results.filter((passage) => fits(passage.policy_id)).slice(0, SHOWN);
}

function evidenceCard(citation) {
  const name = t("source", { label: citation.label });
  return element(
    "li",
    { class: "card", id: `cited-${citation.label}`, tabindex: "-1", "aria-label": name },
    element("span", { class: "card-label", "aria-hidden": "true" }, String(citation.label)),
    element(
      "div",
      {},
      placeOf(citation),
      policyWords(citation.quote, { as: "blockquote" }),
      readOn(citation, name),
    ),
  );
}

function foundCard(passage, asked, citations) {
  const citation = citations.find((each) => each.passage_id === passage.passage_id);
  const name = t("found_one", { rank: passage.rank });
  return element(
    "li",
    { class: "card found-card", tabindex: "-1", "aria-label": name },
    element("span", { class: "card-label soft", "aria-hidden": "true" }, String(passage.rank)),
    element(
      "div",
      {},
      placeOf(passage),
      citation ? element("p", { class: "small-tag is-source" }, t("is_source", { label: citation.label })) : null,
      element("p", { class: "policy-words clamped", lang: "nl" }, scanned(passage.text, asked)),
      readOn(passage, name),
    ),
  );
}

function showCited(citations) {
  cited.replaceChildren(
    citations.length ? element("ol", { class: "cards" }, citations.map(evidenceCard)) : empty(t("evidence_none")),
  );
}

function showFound(passages, asked, citations = []) {
  found.replaceChildren(
    passages.length
      ? element("ol", { class: "cards" }, passages.map((passage) => foundCard(passage, asked, citations)))
      : empty(t("found_none")),
  );
}

function showAnswer(entry) {
  current = entry;
  const act = {
    ...acts,
    cite: (label) => document.getElementById(`cited-${label}`)?.focus(),
    choose: (option) => choose(entry, option),
    ask: (text) => ask(text),
    right: (button) => markRight(entry, button),
  };
  draftBody.replaceChildren(...draft(entry, act));
  showCited(entry.answer.citations);
  showFound(entry.found, entry.question, entry.answer.citations);
  for (const part of [draftBody, cited, found]) part.parentElement.scrollTop = 0;
}

/** A policy: ask again for it. A fact that a rule misses: its form, with that fact filled in. Else the next question. */
function choose({ question, answer }, option) {
  if (Object.keys(option.scope ?? {}).length) {
    ask(question, option.scope);
    return;
  }
  const asked = (result) => (result.missing ?? []).find((fact) => fact.ask === answer.clarification.question);
  const result = (answer.results ?? []).find(asked);
  if (result) acts.openRule(result.rule, result.inputs ?? {}, { name: asked(result).name, label: option.label });
  else ask(option.label);
}

async function markRight(entry, button) {
  button.disabled = true;
  try {
    await call("/v1/feedback", {
      body: { receipt_id: entry.answer.receipt_id, verdict: "good", conversation_id: entry.answer.conversation_id ?? undefined },
    });
    tell(t("right_done"));
  } catch (refusal) {
    button.disabled = false;
    if (refusal.kind === undefined) throw refusal;
    tell(t("went_wrong"));
  }
}

function nothingYet() {
  current = null;
  draftBody.replaceChildren(empty(t("draft_none")));
  cited.replaceChildren(empty(t("evidence_hint")));
  found.replaceChildren(empty(t("found_hint")));
}

function setBusy(now) {
  askButton.setAttribute("aria-disabled", String(now));
  draftBody.setAttribute("aria-busy", String(now));
}

/** Ask `question`; `chosen` is the scope of an option where the assistant asked back. */
export async function ask(question, chosen = null) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  input.value = question;
  setBusy(true);
  say(t("busy_looking"));
  draftBody.replaceChildren(element("p", { class: "asked-line" }, question), waiting(4));
  cited.replaceChildren(waiting(3));
  found.replaceChildren(waiting(3));
  acts.toAnswer?.();
  const set = { ...scope(), ...chosen };
  const onDay = day();
  const body = {
    question,
    conversation_id: caller.conversation(),
    scope: Object.keys(set).length ? set : null,
    language: language === "en" ? "en" : null,
    ...(onDay ? { today: onDay } : {}),
  };
  const { signal } = mine;
  const searched = search(question, signal).catch((refusal) => refusal);
  searched.then((passages) => {
    if (asking === mine && Array.isArray(passages)) showFound(passages, question);
  });
  try {
    const answer = await call("/v1/answers", { body, signal });
    const passages = await searched;
    if (asking !== mine) return;
    const entry = { question, scope: scope(), day: onDay, answer, found: Array.isArray(passages) ? passages : [] };
    caller.remember(entry);
    showAnswer(entry);
    say(spoken(answer));
    if (document.activeElement === document.body) draftTitle.focus();
  } catch (refusal) {
    if (asking !== mine || signal.aborted) return;
    draftBody.replaceChildren(element("p", { class: "asked-line" }, question), refused(refusal, () => ask(question, chosen)));
    cited.replaceChildren(empty(t("evidence_hint")));
    if (!Array.isArray(await searched)) found.replaceChildren(empty(t("found_hint")));
  } finally {
    if (asking === mine) {
      asking = null;
      setBusy(false);
    }
  }
}

/** The next caller: nothing of the last one stays, here or on the server. */
export function nextCaller() {
  asking?.abort();
  asking = null;
  setBusy(false);
  const was = caller.forget();
  setScope(null, null);
  input.value = "";
  nothingYet();
  input.focus();
  tell(t("new_caller_done"));
  if (was) call(`/v1/conversations/${encodeURIComponent(was)}`, { method: "DELETE" }).catch(() => {});
}

/** Begin; `others`: what other parts of the screen do with an answer (openRule, wrong, keep, toAnswer). */
export function start(others) {
  acts = others;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (question) ask(question);
    else input.focus();
  });
  document.getElementById("new-caller").addEventListener("click", nextCaller);
  caller.onEarlier((entry) => {
    input.value = entry.question;
    setScope(entry.scope, entry.day);
    showAnswer(entry);
    acts.toAnswer?.();
  });
  const last = caller.restore();
  if (last) {
    input.value = last.question;
    showAnswer(last);
  } else nothingYet();
}
