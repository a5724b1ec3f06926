// What was computed: conditions as a checklist, the missing fact as a question, a date for the calendar.

import { element, fill } from "../dom.js";
import { calendarEvent, longDate, saveFile } from "./agenda.js";
import { passageUrl } from "./sources.js";

const SIGNS = { met: "✓", not_met: "✕", undecided: "?" };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
// "You said: yes" tells nothing beside a condition that may be worded the other way round.
const YES_OR_NO = /^(ja|nee|yes|no|true|false)$/i;
const UNITS = { eur: "euro", percent: "%", fte: "fte" };

let facts = 0;

/** What is typed as an answer for a fact that nothing is known of. */
function textInput(id, attributes = {}) {
  return element("input", { id, type: "text", autocomplete: "off", maxlength: 200, required: true, ...attributes });
}

/** The control that fits the fact, with how its value is said in words. */
function controlFor(id, schema, { strings, language }) {
  if (schema?.oneOf) {
    const select = element("select", { id, required: true }, element("option", { value: "" }, strings.fact_pick));
    for (const { title } of schema.oneOf) select.append(element("option", { value: title }, title));
    return { control: select, words: () => select.value };
  }
  if (schema?.format === "date") {
    const day = textInput(id, { type: "date" });
    return { control: day, words: () => longDate(day.value, language) };
  }
  const unit = schema?.type === "number" ? UNITS[schema["x-unit"]] || "" : "";
  const typed = textInput(id, schema?.type === "number" ? { inputmode: "decimal" } : {});
  return { control: typed, words: () => `${typed.value.trim()}${unit && !typed.value.includes(unit) ? ` ${unit}` : ""}` };
}

async function schemaOf(rule, name, { server, language }) {
  try {
    const response = await fetch(`${server}/v1/rules/${encodeURIComponent(rule)}?language=${language}`, { credentials: "omit" });
    return response.ok ? (await response.json()).facts?.properties?.[name] : null;
  } catch {
    return null;
  }
}

/** The question for a missing fact; `tell(words)` sends its answer. It starts as a text and fits itself to the fact. */
function factForm(result, missing, shown, tell) {
  facts += 1;
  const id = `fact-${facts}`;
  const { strings } = shown;
  let { control, words } = controlFor(id, null, shown);
  const answer = element("button", { class: "button", type: "submit" }, strings.fact_send);
  const row = element("div", { class: "row" }, control, answer);
  const submit = (event) => {
    event.preventDefault();
    if (words().trim()) tell(words().trim());
  };
  const form = element("form", { class: "fact", submit }, element("label", { for: id }, missing.ask || missing.name), row);
  schemaOf(result.rule, missing.name, shown).then((schema) => {
    if (!schema || control.value || row.contains(row.getRootNode().activeElement)) return;
    if (schema.type === "boolean") {
      const choices = [strings.yes, strings.no].map((word) => element("button", { class: "button", type: "button", click: () => tell(word) }, word));
      row.replaceChildren(...choices);
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", missing.ask || missing.name);
      form.querySelector("label").replaceWith(element("p", { class: "label-text" }, missing.ask || missing.name));
      return;
    }
    ({ control, words } = controlFor(id, schema, shown));
    row.replaceChildren(control, answer);
  });
  return form;
}

function criterionItem(item, mark, strings) {
  const verdict = item.verdict in SIGNS ? item.verdict : "undecided";
  return element(
    "li",
    { class: verdict },
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[verdict]),
    element(
      "span",
      {},
      element("span", { class: "verdict" }, strings[verdict]),
      element("span", { class: "needs" }, String(item.needs ?? item.name ?? ""), item.citation ? [" ", mark(Number(item.citation))] : null),
      item.given !== null && item.given !== undefined && !YES_OR_NO.test(item.given)
        ? element("span", { class: "quiet" }, fill(strings.given, { given: item.given }))
        : null,
      item.distance ? element("span", { class: "quiet" }, item.distance) : null,
      item.note ? element("span", { class: "quiet" }, item.note) : null,
    ),
  );
}

function dateCard(result, answer, shown) {
  if (result.unit !== "date" || !DAY.test(result.value)) return null;
  const { strings, language, server } = shown;
  const citation = (answer.citations || []).find((each) => (result.citations || []).includes(each.label));
  const title = [result.title || strings.dates, citation?.insurer].filter(Boolean).join(" · ");
  const save = () => {
    const source = citation
      ? fill(strings.agenda_source, { policy: citation.policy_title, insurer: citation.insurer, section: citation.heading_path?.at(-1) || citation.section })
      : "";
    const url = citation ? passageUrl(citation, shown) : server;
    const text = [result.sentence, source, url].filter(Boolean).join("\n");
    saveFile("inkooploket.ics", "text/calendar", calendarEvent({ id: `${result.rule}@inkooploket`, day: result.value, title, text, url: new URL(url, location.href).href }));
  };
  const stands = result.value < answer.today ? strings.date_past : result.value === answer.today ? strings.date_today : null;
  const query = citation ? new URLSearchParams({ insurer: citation.insurer, year: citation.year, language }) : null;
  const care = citation && shown.policies.find((policy) => policy.id === citation.policy_id)?.care?.[0];
  if (care) query.set("care", care);
  return element(
    "div",
    { class: "date" },
    element("p", { class: "date-day" }, longDate(result.value, language), stands ? element("span", { class: "tag" }, stands) : null),
    element("p", { class: "quiet" }, result.title || ""),
    element(
      "p",
      { class: "row" },
      element("button", { class: "button", type: "button", click: save }, strings.agenda),
      query ? element("a", { class: "button bare", href: `${server}/v1/deadlines.ics?${query}`, target: "_blank", rel: "noopener" }, strings.agenda_all) : null,
    ),
  );
}

function missingOf(result) {
  return (result.missing || []).map((each) => (typeof each === "string" ? { name: each, ask: each } : each)).filter((each) => each?.name);
}

/**
 * What was computed for an answer; null where nothing was that its text does not tell.
 * `tell(ask, words)` sends a fact; null: this is no longer the last answer.
 */
export function resultsPart(answer, mark, shown, tell) {
  const { strings } = shown;
  const asked = answer.clarification?.options?.length ? answer.clarification.question : null;
  const shownParts = (answer.results || []).map((result) => {
    const missing = missingOf(result).find((each) => (each.ask || each.name) !== asked);
    const parts = [
      dateCard(result, answer, shown),
      result.criteria?.length
        ? element("div", { class: "part checklist" }, element("h4", {}, result.title || strings.checklist), element("ul", {}, result.criteria.map((item) => criterionItem(item, mark, strings))))
        : null,
      missing && tell && !asked
        ? element("div", { class: "part missing" }, element("h4", {}, strings.missing), factForm(result, missing, shown, (words) => tell(missing.ask || missing.name, words)))
        : null,
      result.steps?.length
        ? element("details", { class: "steps" }, element("summary", {}, strings.steps), element("ol", {}, result.steps.map((step) => element("li", {}, String(step?.text || step?.sentence || step)))))
        : null,
    ].filter(Boolean);
    return parts.length ? element("div", { class: "result" }, parts) : null;
  });
  const told = shownParts.filter(Boolean);
  return told.length ? element("div", { class: "part results" }, told) : null;
}
