// One turn of the conversation: what was asked, what is coming, the answer, or why there is none.

import { element, fill, markdown } from "../dom.js";
import { resultsPart } from "./checklist.js";
import { feedbackPart } from "./feedback.js";
import { mailForm, plainText, withSources } from "./mail.js";
import { scopePart } from "./scope.js";
import { markMaker, placeOf, sourcesPart } from "./sources.js";

const FOUND_AT_MOST = 3;

/** What the user asked; `chosen` names the choice with which it was asked again. */
export function askedTurn(question, chosen, strings) {
  return element(
    "li",
    { class: "asked" },
    element("h3", { class: "hidden" }, strings.you),
    element("p", {}, question),
    chosen ? element("p", { class: "chosen" }, fill(strings.chosen, { label: chosen })) : null,
  );
}

/** A turn that fills itself while the answer comes: `hear(name, data)` takes the events of the service. */
export function comingTurn(strings) {
  const status = element("p", { class: "waiting" }, element("span", { class: "dots", "aria-hidden": "true" }, element("span"), element("span"), element("span")), strings.busy);
  const found = element("div", { class: "found" });
  const results = element("div", { class: "computed" });
  const prose = element("div", { class: "prose" });
  const turn = element("li", { class: "answer coming" }, status, found, results, prose);
  const hear = (name, data) => {
    if (name === "evidence" && data.citations?.length) {
      const places = data.citations.slice(0, FOUND_AT_MOST).map((citation) => element("li", {}, `${citation.policy_title} · ${placeOf(citation, strings)}`));
      found.replaceChildren(element("p", { class: "quiet" }, strings.found), element("ul", {}, places));
    }
    if (name === "result" && data.sentence) results.append(element("p", {}, String(data.sentence)));
    if (name === "text" && data.partial) prose.replaceChildren(...markdown(String(data.text), (label) => `[${label}]`));
  };
  return { turn, hear };
}

/** Why there is no answer; `again()` asks once more, from `seconds` on. */
export function failedTurn(failure, strings, again) {
  const isBusy = failure.status === 429 || failure.status === 503;
  const told = [messageOf(failure, strings), failure.seconds ? fill(strings.error_wait, { seconds: failure.seconds }) : null].filter(Boolean).join(" ");
  const title = isBusy ? strings.busy_title : strings.error_title;
  const retry = element("button", { class: "button", type: "button", click: again }, strings.retry);
  if (failure.seconds) {
    retry.disabled = true;
    setTimeout(() => { retry.disabled = false; }, failure.seconds * 1000);
  }
  return { turn: element("li", { class: "failed" }, element("h3", {}, title), element("p", {}, told), retry), told: `${title}. ${told}` };
}

function messageOf(failure, strings) {
  if (failure.kind === "network") return strings.error_network;
  if (failure.name === "origin-not-allowed") return strings.closed_origin;
  if (failure.name === "unknown-insurer") return strings.closed_insurer;
  if (failure.status === 429) return strings.error_many;
  if (failure.status === 503) return strings.error_busy;
  if (failure.status === 413 || failure.status === 422) return strings.error_invalid;
  return strings.error_server;
}

function choicesPart(clarification, acts, strings) {
  if (!clarification?.options?.length) return null;
  const group = element("div", { class: "choices", role: "group", "aria-label": clarification.question || strings.choose });
  for (const option of clarification.options) {
    const button = element("button", { class: "choice", type: "button" }, option.label);
    button.disabled = !acts;
    button.addEventListener("click", () => {
      if (!acts.choose(option, clarification.question)) return;
      for (const each of group.children) each.disabled = true;
      button.setAttribute("aria-pressed", "true");
    });
    group.append(button);
  }
  return element("div", { class: "part" }, element("h4", {}, clarification.question || strings.choose), group);
}

/** Mail, copy and verdict; the sheets that they open stand below them. */
function actionsPart(turn, shown, { say, conversationId }) {
  const { question, answer } = turn;
  const { strings } = shown;
  const handoff = answer.handoff || (answer.status.startsWith("guardrail") ? null : shown.handoff);
  const form = mailForm(handoff, question, answer, shown);
  const mail = form ? element("button", { class: "button", type: "button", "aria-expanded": "false" }, strings.mail) : null;
  mail?.addEventListener("click", () => {
    const isOpen = mail.getAttribute("aria-expanded") === "true";
    mail.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) form.remove();
    else {
      row.after(form);
      form.querySelector("input").focus();
    }
  });
  const copy = element("button", { class: "button", type: "button" }, strings.copy);
  copy.addEventListener("click", async () => {
    say((await copied(withSources(question, answer, shown), copy)) ? strings.copied : strings.not_copied, true);
  });
  const feedback = feedbackPart(answer, conversationId, shown, say);
  const row = element("div", { class: "row" }, mail, answer.citations?.length ? copy : null, feedback ? element("span", { class: "thumbs" }, feedback.thumbs) : null);
  return element("div", { class: "part actions", role: "group", "aria-label": strings.actions }, row, feedback?.place, feedback?.told);
}

async function copied(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed here, or no secure page: the old way, by a selection.
    const held = element("textarea", { class: "hidden", readonly: true, tabindex: "-1", "aria-hidden": "true" });
    held.value = text;
    beside.after(held);
    held.select();
    const done = document.execCommand("copy");
    held.remove();
    beside.focus();
    return done;
  }
}

/** The kinds of ending that are told by a word in front of the text. */
function badgeOf(status, strings) {
  if (status.startsWith("answered")) return null;
  return element("p", { class: "badge" }, status.startsWith("clarify") ? strings.asks_back : strings.refused);
}

/**
 * The answer of a turn. `acts`: what can be done with the last answer (`choose`, `tell`, `askWith`, `edit`, `ask`);
 * null for earlier ones, which are only read.
 */
export function answerTurn(turn, shown, acts, talk) {
  const { answer } = turn;
  const { strings } = shown;
  const mark = markMaker(answer.citations, () => made, strings);
  const made = element(
    "li",
    { class: "answer", "data-status": answer.status },
    element("h3", { class: "hidden" }, strings.assistant),
    badgeOf(answer.status, strings),
    element("div", { class: "prose", lang: answer.language === "en" ? "en" : "nl" }, markdown(answer.text, mark)),
    choicesPart(answer.clarification, acts, strings),
    resultsPart(answer, mark, shown, acts?.tell),
    answer.notices?.length
      ? element("div", { class: "part notices" }, element("h4", {}, strings.notices), element("ul", {}, answer.notices.map((notice) => element("li", {}, notice))))
      : null,
    sourcesPart(answer.citations, shown),
    answer.follow_ups?.length && acts
      ? element("div", { class: "part" }, element("h4", {}, strings.follow_ups), element("div", { class: "choices" }, answer.follow_ups.map((text) => element("button", { class: "choice", type: "button", click: () => acts.ask(text) }, text))))
      : null,
    acts ? scopePart(answer.scope || {}, talk.pinned, shown, acts) : null,
    actionsPart(turn, shown, talk),
  );
  return made;
}

/** What a screen reader hears when the answer is there: its text without marks, and how many sources. */
export function spokenAnswer(answer, strings) {
  const text = plainText(answer.text).replace(/\[\d{1,3}\]/g, "").replace(/\s+/g, " ").trim();
  const count = answer.citations?.length || 0;
  if (!count) return text;
  return `${text} ${count === 1 ? strings.sources_one : fill(strings.sources_many, { count })}.`;
}
