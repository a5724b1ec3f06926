// One answer on the page. templates/answer.html builds the same without script: keep them alike.

import { element, fill, markdown } from "./dom.js";

const EMAIL = /^[^\s@<>"?&]+@[^\s@<>"?&]+$/;

let made = 0;

function readingUrl(citation) {
  const passage = encodeURIComponent(citation.passage_id);
  const language = document.documentElement.lang === "en" ? "&lang=en" : "";
  return `/policies/${encodeURIComponent(citation.policy_id)}?passage=${passage}${language}#${passage}`;
}

function sourceCard(citation, id, strings) {
  const place = [citation.insurer, citation.year, citation.heading_path?.at(-1) || citation.section];
  if (citation.page !== null && citation.page !== undefined) place.push(fill(strings.page, { page: citation.page }));
  const name = fill(strings.source_mark, { label: citation.label });
  return element(
    "li",
    { class: "source", id, tabindex: "-1", "aria-label": name },
    element("span", { class: "source-label", "aria-hidden": "true" }, String(citation.label)),
    element(
      "figure",
      {},
      element("blockquote", { lang: "nl" }, citation.quote),
      element(
        "figcaption",
        {},
        element("span", { class: "source-policy", lang: "nl" }, citation.policy_title),
        element("span", { class: "source-place" }, place.filter(Boolean).join(" · ")),
        citation.authority === "restatement" ? element("span", { class: "tag" }, strings.restatement) : null,
        element("a", { class: "read", href: readingUrl(citation) }, strings.read, element("span", { class: "visually-hidden" }, ` (${name})`)),
      ),
    ),
  );
}

function part(name, title, ...children) {
  return element("div", { class: name }, element("h3", {}, title), ...children);
}

function scopePart(scope, strings) {
  const assumed = new Set(scope.assumed || []);
  const chips = ["insurer", "year", "care"]
    .filter((name) => scope[name])
    .map((name) =>
      element(
        "li",
        { class: assumed.has(name) ? "assumed" : null },
        `${strings[name]}: ${scope[name]}`,
        assumed.has(name) ? ` (${strings.assumed})` : null,
      ),
    );
  return chips.length ? element("div", { class: "scope" }, element("ul", { "aria-label": strings.scope }, chips)) : null;
}

function criterion(item, mark, strings) {
  const verdict = strings[item.verdict] || item.verdict || "";
  const told = [item.name, item.needs, item.given].filter((value) => typeof value === "number" || (typeof value === "string" && value));
  return element(
    "li",
    {},
    element("span", { class: "verdict" }, `${verdict}: `),
    told.map(String).join(" · "),
    item.citation ? [" ", mark(Number(item.citation))] : null,
  );
}

function stepText(step) {
  if (typeof step === "string") return step;
  return String(step?.text || step?.sentence || JSON.stringify(step));
}

function missingText(item) {
  return typeof item === "string" ? item : String(item?.ask || item?.name || "");
}

function resultPart(results, mark, strings) {
  if (!results?.length) return null;
  const shown = results.map((result) =>
    element(
      "div",
      { class: "result" },
      element(
        "p",
        {},
        strings[result.verdict] ? element("span", { class: "verdict" }, `${strings[result.verdict]}: `) : null,
        String(result.sentence || ""),
      ),
      result.criteria?.length ? element("ul", {}, result.criteria.map((item) => criterion(item, mark, strings))) : null,
      result.missing?.length
        ? element("p", { class: "quiet-text" }, fill(strings.missing_facts, { names: result.missing.map(missingText).join(", ") }))
        : null,
      result.steps?.length
        ? element(
            "details",
            {},
            element("summary", {}, strings.steps),
            element("ol", {}, result.steps.map((step) => element("li", {}, stepText(step)))),
          )
        : null,
    ),
  );
  return part("results", strings.results, shown);
}

function choicesPart(clarification, choose, strings) {
  if (!clarification?.options?.length) return null;
  const group = element("div", { class: "choices", role: "group", "aria-label": strings.choose });
  for (const option of clarification.options) {
    const button = element("button", { class: "choice", type: "button", "aria-pressed": "false" }, option.label);
    button.addEventListener("click", () => {
      if (!choose(option)) return;
      button.setAttribute("aria-pressed", "true");
      for (const other of group.children) other.disabled = true;
    });
    group.append(button);
  }
  return group;
}

function handoffPart(handoff, strings) {
  if (!handoff || !EMAIL.test(handoff.email)) return null;
  const href = `mailto:${handoff.email}?subject=${encodeURIComponent(handoff.subject)}&body=${encodeURIComponent(handoff.body)}`;
  return part(
    "handoff",
    strings.handoff,
    element("p", {}, element("a", { href }, strings.handoff_text), " ", element("span", { class: "quiet-text" }, handoff.email)),
    element("p", { class: "quiet-text" }, strings.handoff_note),
  );
}

/**
 * The list item of an answer.
 * `choose(option)` asks again with an option of a clarification and says whether it could; `ask(question)` asks on.
 */
export function answerTurn(answer, { strings, choose, ask }) {
  made += 1;
  const ids = new Map(answer.citations.map((citation) => [citation.label, `source-${made}-${citation.label}`]));
  const mark = (label) =>
    ids.has(label)
      ? element("a", { class: "mark-link", href: `#${ids.get(label)}`, "aria-label": fill(strings.source_mark, { label }) }, String(label))
      : `[${label}]`;
  const answered = /^(answered|clarify)/.test(answer.status);
  return element(
    "li",
    { class: "turn answer", "data-status": answer.status },
    element("h2", { class: "visually-hidden" }, strings.assistant),
    answered ? null : element("p", { class: "badge" }, strings.refused),
    element("div", { class: "prose", lang: answer.language === "en" ? "en" : "nl" }, markdown(answer.text, mark)),
    choicesPart(answer.clarification, choose, strings),
    scopePart(answer.scope || {}, strings),
    resultPart(answer.results, mark, strings),
    answer.notices?.length
      ? part("notices", strings.notices, element("ul", {}, answer.notices.map((notice) => element("li", {}, notice))))
      : null,
    answer.citations.length
      ? part("sources", strings.sources, element("ol", {}, answer.citations.map((citation) => sourceCard(citation, ids.get(citation.label), strings))))
      : null,
    answer.follow_ups?.length
      ? part(
          "follow-ups",
          strings.follow_ups,
          element("div", {}, answer.follow_ups.map((text) => element("button", { class: "follow-up", type: "button", click: () => ask(text) }, text))),
        )
      : null,
    handoffPart(answer.handoff, strings),
  );
}

/** What a screen reader hears when the answer is there: the text without marks, and how many sources. */
export function spokenAnswer(answer, strings) {
  const text = answer.text.replace(/\[\d{1,3}\]|\*\*|\\/g, "").replace(/\s+/g, " ").trim();
  const count = answer.citations.length;
  if (!count) return text;
  return `${text} ${count === 1 ? strings.sources_one : fill(strings.sources_many, { count })}.`;
}
