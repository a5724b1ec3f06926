// Rules as forms: fill in what the caller tells, and see what it means.

import { element } from "../dom.js";
import { outcome, verdictWord } from "./checklist.js";
import { fieldsOf } from "./fields.js";
import { copyMail, mailLink } from "./mail.js";
import { day, fits, onScope, policies } from "./scope.js";
import { call } from "./service.js";
import { empty, refused, say, waiting } from "./states.js";
import { language, t } from "./words.js";

const SETTLED_MS = 200;

const panel = document.getElementById("panel-rules");

let rules = null;
let opened = null;
let running = null;
let heard = "";

const filter = element("input", { class: "wide", type: "search", id: "rule-filter", placeholder: t("rule_filter"), autocomplete: "off" });
const list = element("div", { class: "rule-list" });
const work = element("section", { class: "rule-work", "aria-label": t("rule") });

function titleOf(policyId) {
  const policy = policies.find((each) => each.id === policyId);
  return policy ? `${policy.title} (${policy.insurer})` : policyId;
}

function drawList() {
  if (!rules) return;
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = rules.filter(
    (rule) => fits(rule.policy_id) && words.every((word) => `${rule.title} ${rule.care.join(" ")} ${titleOf(rule.policy_id)}`.toLowerCase().includes(word)),
  );
  const byPolicy = new Map();
  for (const rule of wanted) byPolicy.set(rule.policy_id, [...(byPolicy.get(rule.policy_id) ?? []), rule]);
  list.replaceChildren(
    element("p", { class: "hint-text" }, t("rule_count", { count: wanted.length })),
    ...[...byPolicy].map(([policyId, among]) =>
      element(
        "div",
        {},
        element("h3", { class: "group-title", lang: "nl" }, titleOf(policyId)),
        element("ul", {}, among.map((rule) =>
          element("li", {}, element("button", {
            type: "button", class: "rule-entry", tabindex: "-1", "data-rule": rule.name,
            "aria-current": rule.name === opened ? "true" : null, click: () => open(rule.name),
          }, rule.title)),
        )),
      ),
    ),
  );
  const current = list.querySelector("[aria-current]");
  current?.scrollIntoView({ block: "nearest" });
  const first = current ?? list.querySelector(".rule-entry");
  if (first) first.tabIndex = 0;
}

/** Up and down, Home and End go through the list, which is one stop for Tab. */
function walk(event) {
  const entries = [...list.querySelectorAll(".rule-entry")];
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (at < 0 || to === undefined || !entries[to]) return;
  event.preventDefault();
  for (const entry of entries) entry.tabIndex = -1;
  entries[to].tabIndex = 0;
  entries[to].focus();
}

/** What came of the rule as an answer that can be sent: the sentence, each condition, and the sources. */
function asAnswer(rule, { result, citations, today }) {
  const policy = policies.find((each) => each.id === rule.policy_id);
  const conditions = (result.criteria ?? []).map((item) => `- ${item.name}: ${verdictWord(item.verdict)}`);
  return {
    text: [result.sentence, result.then, conditions.join("\n")].filter(Boolean).join("\n\n"),
    scope: { insurer: policy?.insurer, year: policy?.year, care: rule.care },
    citations,
    today,
  };
}

function mailPart(rule, run) {
  const key = (name) => element("kbd", { "aria-hidden": "true" }, `Alt ${name}`);
  const answer = asAnswer(rule, run);
  return element("div", { class: "rule-mail", role: "group", "aria-label": t("with_answer") },
    element("button", { class: "go", type: "button", id: "copy-rule", click: () => copyMail(rule.title, answer) }, t("copy_mail"), key("C")),
    element("a", { class: "small", id: "open-rule", href: mailLink(rule.title, answer) }, t("open_mail"), key("M")));
}

function drawOutcome(rule, frame, run) {
  const unfolded = new Set([...frame.querySelectorAll("details[open]")].map((each) => each.textContent));
  const hadFocus = document.activeElement?.closest(".rule-mail") ? document.activeElement.id : null;
  frame.replaceChildren(...outcome(run.result, run.citations), mailPart(rule, run));
  if (hadFocus) document.getElementById(hadFocus).focus();
  for (const each of frame.querySelectorAll("details")) each.open = unfolded.has(each.textContent);
  const told = `${verdictWord(run.result.verdict)}. ${run.result.sentence ?? ""}`;
  if (told !== heard) say(told);
  heard = told;
}

async function runRule(rule, fields, frame) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const onDay = day();
  try {
    const body = { facts: fields.values(), language, ...(onDay ? { today: onDay } : {}) };
    const run = await call(`/v1/rules/${encodeURIComponent(rule.name)}`, { body, signal: mine.signal });
    for (const each of fields.names()) fields.fault(each, "");
    drawOutcome(rule, frame, run);
  } catch (refusal) {
    if (mine.signal.aborted) return;
    for (const each of fields.names()) fields.fault(each, "");
    const told = (refusal.errors ?? []).filter((error) => fields.fault(error.field.replace(/^facts\./, ""), error.message));
    if (told.length) say(told.map((error) => error.message).join(" "));
    else frame.replaceChildren(refused(refusal, () => runRule(rule, fields, frame)));
  }
}

function drawRule(rule, known) {
  const fields = fieldsOf(rule.facts, known);
  const frame = element("div", { class: "outcome" }, waiting(3));
  const form = element("form", { class: "facts-form" }, fields.nodes.length ? fields.nodes : empty(t("rule_no_facts")));
  const clearAll = element("button", { class: "small", type: "button", click: () => drawRule(rule, {}) }, t("rule_clear"));
  let settle = 0;
  const run = () => runRule(rule, fields, frame);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener("input", () => {
    clearTimeout(settle);
    settle = setTimeout(run, SETTLED_MS);
  });
  const heading = element("h2", { tabindex: "-1", id: "rule-title", lang: language }, rule.title);
  work.replaceChildren(
    element("div", { class: "column-head" }, heading, fields.nodes.length ? clearAll : null),
    element("p", { class: "soft", lang: "nl" }, titleOf(rule.policy_id)),
    element("div", { class: "rule-columns" },
      element("section", { "aria-labelledby": "facts-title" }, element("h3", { id: "facts-title" }, t("facts")), form),
      element("section", { "aria-labelledby": "outcome-title" }, element("h3", { id: "outcome-title" }, t("outcome")), frame)),
  );
  heard = "";
  run();
  heading.focus();
}

/** The value that a fact's schema has for the label of an option. */
function valueOf(schema, label) {
  if (schema?.type === "boolean") return /^(ja|yes)$/i.test(label);
  return schema?.oneOf?.find((option) => option.title === label)?.const ?? null;
}

/** Show the rule of this name, with what is known filled in; `told`: {name, label}, a fact as an option words it. */
export async function open(name, known = {}, told = null) {
  opened = name;
  drawList();
  work.replaceChildren(waiting(5));
  try {
    const rule = await call(`/v1/rules/${encodeURIComponent(name)}`, { query: { language } });
    if (opened !== name) return;
    drawRule(rule, told ? { ...known, [told.name]: valueOf(rule.facts.properties[told.name], told.label) } : known);
  } catch (refusal) {
    work.replaceChildren(refused(refusal, () => open(name, known, told)));
  }
}

/** Draw the list; the first time, look it up. */
export async function show() {
  if (rules) return;
  list.replaceChildren(waiting(8));
  try {
    rules = (await call("/v1/rules", { query: { language } })).rules;
    drawList();
  } catch (refusal) {
    list.replaceChildren(refused(refusal, show));
  }
}

panel.append(
  element("section", { class: "rule-side", "aria-labelledby": "rules-title" },
    element("h2", { class: "visually-hidden", id: "rules-title" }, t("tab_rules")),
    element("label", { class: "visually-hidden", for: "rule-filter" }, t("rule_filter")), filter, list),
  work,
);
work.append(empty(t("rule_none")));
filter.addEventListener("input", drawList);
filter.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  list.querySelector(".rule-entry")?.focus();
});
list.addEventListener("keydown", walk);
onScope(drawList);
