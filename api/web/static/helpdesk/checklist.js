// The outcome of a rule: the verdict, each condition with its reason and its proof, the steps.

import { element } from "../dom.js";
import { proof } from "./passages.js";
import { longDate, t } from "./words.js";

const VERDICTS = ["met", "not_met", "undecided", "value"];
const DATE = /^\d{4}-\d\d-\d\d$/;

export const verdictWord = (verdict) => (VERDICTS.includes(verdict) ? t(verdict) : String(verdict ?? ""));

/** A date as it is read; a number with its unit; anything else as it is. */
export function valueText(value, unit) {
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "string" && DATE.test(value)) return longDate(value);
  if (unit === "percent") return `${value}%`;
  if (unit === "eur") return `€ ${value}`;
  return unit && !["date", "number", "count", "text"].includes(unit) ? `${value} ${unit}` : String(value);
}

function badge(verdict) {
  return element("span", { class: `verdict-badge is-${VERDICTS.includes(verdict) ? verdict : "undecided"}` }, verdictWord(verdict));
}

function condition(item, citations) {
  const citation = citations.find((each) => each.label === item.citation);
  return element(
    "li",
    { class: `condition is-${item.verdict}` },
    badge(item.verdict),
    element(
      "div",
      {},
      element("p", { class: "condition-name" }, String(item.name ?? "")),
      element("p", {}, String((item.verdict === "undecided" ? item.needs : item.told) || item.needs || "")),
      item.distance ? element("p", { class: "soft" }, String(item.distance)) : null,
      item.note ? element("p", { class: "soft" }, String(item.note)) : null,
      citation ? proof(citation) : null,
    ),
  );
}

/** The nodes of an outcome; `citations` are those that its labels refer to. */
export function outcome(result, citations) {
  const value = result.value !== null && result.value !== undefined && result.verdict === "value" ? valueText(result.value, result.unit) : null;
  const own = new Set((result.criteria ?? []).map((item) => item.citation));
  const others = citations.filter((citation) => (result.citations ?? []).includes(citation.label) && !own.has(citation.label));
  return [
    element("p", { class: "outcome-line" }, badge(result.verdict), value ? element("strong", { class: "outcome-value" }, value) : null),
    element("p", { class: "outcome-sentence" }, String(result.sentence ?? "")),
    result.then ? element("p", {}, String(result.then)) : null,
    result.criteria?.length ? element("ul", { class: "conditions" }, result.criteria.map((item) => condition(item, citations))) : null,
    result.steps?.length
      ? element("div", { class: "steps" }, element("h4", {}, t("steps")), element("ol", {}, result.steps.map((step) => element("li", {}, stepText(step)))))
      : null,
    result.notes?.length ? element("ul", { class: "rule-notes soft" }, result.notes.map((note) => element("li", {}, String(note)))) : null,
    others.map(proof),
  ].flat().filter(Boolean);
}

function stepText(step) {
  return typeof step === "string" ? step : String(step?.text ?? step?.sentence ?? "");
}
