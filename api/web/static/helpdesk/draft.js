// The draft answer, with what the employee can do with it.

import { element, markdown } from "../dom.js";
import { outcome } from "./checklist.js";
import { copyMail, mailLink } from "./mail.js";
import { longDate, t } from "./words.js";

const EMAIL = /^[^\s@<>"?&]+@[^\s@<>"?&]+$/;

function chips(answer) {
  const scope = answer.scope ?? {};
  const assumed = new Set(scope.assumed ?? []);
  const said = ["insurer", "year", "care"]
    .filter((name) => scope[name])
    .map((name) =>
      element("li", { class: assumed.has(name) ? "chip assumed" : "chip" }, `${t(name)}: ${scope[name]}${assumed.has(name) ? ` (${t("assumed")})` : ""}`),
    );
  return element("ul", { class: "chips", "aria-label": t("about") }, said, element("li", { class: "chip" }, `${t("today")}: ${longDate(answer.today)}`));
}

function resultPart(result, answer, act) {
  const name = typeof result.rule === "string" && result.rule.includes(".") ? result.rule : null;
  return element(
    "section",
    { class: "result-card" },
    result.title ? element("h4", {}, result.title) : null,
    outcome(result, answer.citations),
    name ? element("button", { class: "small", type: "button", click: () => act.openRule(name, result.inputs ?? {}) }, t("open_rule")) : null,
  );
}

function choices(answer, act) {
  const options = answer.clarification?.options ?? [];
  if (!options.length) return null;
  const asked = answer.clarification.question;
  return element(
    "div",
    { class: "options", role: "group", "aria-label": asked || t("choose") },
    asked && !answer.text.includes(asked) ? element("p", { class: "options-question" }, asked) : null,
    options.map((option) => element("button", { class: "option", type: "button", click: () => act.choose(option) }, option.label)),
  );
}

function handoff(mail) {
  if (!mail || !EMAIL.test(mail.email)) return null;
  const href = `mailto:${mail.email}?subject=${encodeURIComponent(mail.subject)}&body=${encodeURIComponent(mail.body)}`;
  return element("p", { class: "handoff-line" }, `${t("handoff")} `, element("a", { href }, mail.email));
}

function actions(question, answer, act) {
  const key = (name) => element("kbd", { "aria-hidden": "true" }, `Alt ${name}`);
  return element(
    "div",
    { class: "draft-actions", role: "group", "aria-label": t("with_answer") },
    element("div", {},
      element("button", { class: "go", type: "button", id: "copy-mail", click: () => copyMail(question, answer) }, t("copy_mail"), key("C")),
      element("a", { class: "small", id: "open-mail", href: mailLink(question, answer) }, t("open_mail"), key("M"))),
    element("div", { class: "verdicts" },
      answer.receipt_id ? element("button", { class: "small", type: "button", id: "mark-right", click: (event) => act.right(event.currentTarget) }, t("right")) : null,
      answer.receipt_id ? element("button", { class: "small", type: "button", id: "mark-wrong", "aria-haspopup": "dialog", click: act.wrong }, t("wrong"), key("X")) : null,
      element("button", { class: "small", type: "button", id: "keep-answer", click: act.keep }, t("keep_answer"))),
  );
}

/** The nodes of what was asked and answered. `act`: cite(label), choose(option), ask(text), openRule(name, facts), right, wrong, keep. */
export function draft({ question, answer, day: onDay }, act) {
  const labels = new Set(answer.citations.map((citation) => citation.label));
  const mark = (label) =>
    labels.has(label)
      ? element("button", { class: "cite", type: "button", "aria-label": t("source", { label }), click: () => act.cite(label) }, String(label))
      : `[${label}]`;
  const answered = /^(answered|clarify)/.test(answer.status);
  return [
    element("p", { class: "asked-line" }, question),
    answered ? null : element("p", { class: "no-answer" }, t("no_answer")),
    element("div", { class: "prose-text", lang: answer.language === "en" ? "en" : "nl" }, markdown(answer.text, mark)),
    choices(answer, act),
    answer.notices?.length ? element("ul", { class: "notes" }, answer.notices.map((notice) => element("li", {}, notice))) : null,
    chips(answer),
    onDay && onDay !== answer.today ? element("p", { class: "missing-note" }, t("day_ignored")) : null,
    answer.results?.length
      ? element("div", { class: "result-list" }, element("h3", {}, t("results")), answer.results.map((result) => resultPart(result, answer, act)))
      : null,
    handoff(answer.handoff),
    answer.follow_ups?.length
      ? element(
          "div",
          { class: "follow" },
          element("h3", {}, t("follow_ups")),
          answer.follow_ups.map((text) => element("button", { class: "option quiet-option", type: "button", click: () => act.ask(text) }, text)),
        )
      : null,
    actions(question, answer, act),
  ].filter(Boolean);
}

/** What a screen reader hears when the answer is there. */
export function spoken(answer) {
  const text = answer.text.replace(/\[\d{1,3}\]|\*\*|\\/g, "").replace(/\s+/g, " ").trim();
  return `${text} ${t("sources_count", { count: answer.citations.length })}`;
}
