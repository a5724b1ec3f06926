// For administrators: answers that were marked wrong, and approved answers.

import { element } from "../dom.js";
import { plainText } from "./mail.js";
import { picker } from "./picker.js";
import { call, readingPath } from "./service.js";
import { empty, reason, refused, tell, waiting } from "./states.js";
import { longDate, t } from "./words.js";

const STATES = ["open", "approved", "rejected"];

const panel = document.getElementById("panel-manage");
const reviews = element("div", {});
const approved = element("div", {});
const composing = element("div", {});
const dialog = document.getElementById("wrong-dialog");
const states = element("div", { class: "views", role: "group", "aria-label": t("review_states") });

let state = "open";

function attempt(button, work) {
  return async () => {
    button.disabled = true;
    try {
      await work();
    } catch (refusal) {
      button.disabled = false;
      if (refusal.kind === undefined) throw refusal;
      tell(reason(refusal));
    }
  };
}

function action(name, label, work) {
  const button = element("button", { class: name, type: "button" }, label);
  button.addEventListener("click", attempt(button, work));
  return button;
}

function readLink(policyId, passageId, words) {
  if (!policyId || !passageId) return null;
  return element("a", { class: "small", href: readingPath(policyId, passageId), target: "_blank", rel: "noopener" }, words, element("span", { class: "visually-hidden" }, ` (${t("new_tab")})`));
}

/** The way to each passage that an answer rests on. */
const sourceLinks = (citations) =>
  citations.map(({ policy_id: policyId, passage_id: passageId }, place) => readLink(policyId, passageId, t("source", { label: place + 1 })));

function decide(item) {
  const passages = picker(item.question, [], item.passage_id ? { policy_id: item.policy_id, passage_id: item.passage_id } : null);
  const note = element("textarea", { class: "wide", id: "review-note", rows: 2, maxlength: 1000 });
  const failed = element("p", { class: "form-error", role: "alert" });
  const send = (decision) => async () => {
    failed.textContent = "";
    try {
      await call(`/v1/review/${encodeURIComponent(item.id)}`, {
        body: { decision, ...passages.picked(), ...(note.value.trim() ? { note: note.value.trim() } : {}) },
      });
      dialog.close();
      tell(t(decision === "approve" ? "review_approved" : "review_rejected"));
      await lookReviews();
      states.querySelector('[aria-pressed="true"]').focus();
    } catch (refusal) {
      if (refusal.kind === undefined) throw refusal;
      failed.textContent = reason(refusal);
    }
  };
  dialog.replaceChildren(
    element("h2", { id: "wrong-title", tabindex: "-1", autofocus: true }, t("review_title")),
    element("p", { class: "asked-line" }, item.question || t("review_no_question")),
    element("p", { class: "reviewed" }, plainText(item.answer_text ?? "")),
    passages.node,
    element("label", { class: "stacked", for: "review-note" }, t("note")),
    note,
    failed,
    element("div", { class: "dialog-actions" },
      element("button", { class: "go", type: "button", click: send("approve") }, t("approve")),
      element("button", { class: "small", type: "button", click: send("reject") }, t("reject")),
      element("button", { class: "small", type: "button", click: () => dialog.close() }, t("cancel"))),
  );
  dialog.showModal();
  if (item.question) passages.look();
}

function reviewItem(item) {
  const told = [(item.reasons ?? []).map((name) => t(`reason_${name}`)).join(", "), longDate(String(item.created_at).slice(0, 10))];
  return element(
    "li",
    { class: "card review-item" },
    element("div", {},
      element("h3", {}, item.question || t("review_no_question")),
      element("p", { class: "review-answer" }, plainText(item.answer_text ?? "")),
      element("p", { class: "soft" }, told.filter(Boolean).join(" · ")),
      item.comment ? element("blockquote", {}, item.comment) : null,
      item.note ? element("p", { class: "soft" }, item.note) : null,
      element("div", { class: "passage-actions" },
        element("button", { class: "small", type: "button", "aria-haspopup": "dialog", click: () => decide(item) }, t("decide"),
          element("span", { class: "visually-hidden" }, ` (${item.question || t("review_no_question")})`)),
        readLink(item.policy_id, item.passage_id, t("right_passage")),
        item.state === "approved" && item.question ? element("button", { class: "small", type: "button", click: () => keepAnswer(fromReview(item)) }, t("keep_answer")) : null)),
  );
}

function drawStates() {
  states.replaceChildren(...STATES.map((name) =>
    element("button", { type: "button", class: "view", "aria-pressed": String(name === state), click: () => choose(name) }, t(`state_${name}`))));
}

async function choose(name) {
  state = name;
  await lookReviews();
  states.querySelector('[aria-pressed="true"]').focus();
}

async function lookReviews() {
  drawStates();
  reviews.replaceChildren(waiting(4));
  try {
    const { items } = await call("/v1/review", { query: { state } });
    reviews.replaceChildren(items.length ? element("ol", { class: "cards" }, items.map(reviewItem)) : empty(t("review_none")));
    return true;
  } catch (refusal) {
    reviews.replaceChildren(refused(refusal, look));
    return false;
  }
}

function approvedItem(item) {
  const about = [item.insurer, item.year, item.care].filter(Boolean).join(" · ");
  return element("li", { class: "card" }, element("div", {},
    element("h3", {}, item.question),
    item.state === "stale" ? element("p", { class: "small-tag" }, t("stale")) : null,
    element("p", {}, item.text),
    about ? element("p", { class: "soft" }, about) : null,
    element("div", { class: "passage-actions" },
      sourceLinks(item.citations ?? []),
      action("small", t("withdraw"), async () => {
        await call(`/v1/approved/${encodeURIComponent(item.id)}`, { method: "DELETE" });
        tell(t("withdrawn"));
        await lookApproved();
        document.getElementById("approved-title").focus();
      }))));
}

async function lookApproved() {
  approved.replaceChildren(waiting(3));
  try {
    const { items } = await call("/v1/approved");
    approved.replaceChildren(items.length ? element("ol", { class: "cards" }, items.map(approvedItem)) : empty(t("approved_none")));
  } catch (refusal) {
    approved.replaceChildren(refused(refusal, lookApproved));
  }
}

/** Whoever may not see the one list is not asked for a token again for the other. */
async function look() {
  if (await lookReviews()) await lookApproved();
}

/** The lists, as they are now. */
export const show = look;

/** The text of an answer without its marks and the line that names its source: the sources are kept beside it. */
function withoutSources(text) {
  return plainText(text).replace(/\s*\[\d{1,3}\]/g, "").replace(/\n\s*(Bron|Bronnen|Source|Sources): [^\n]*$/, "").trim();
}

/** What was approved in review, as an answer to start from: its question and the passage that is right for it. */
function fromReview(item) {
  return {
    question: item.question,
    answer: {
      text: item.answer_text ?? "",
      scope: { insurer: item.insurer, year: item.year, care: item.care },
      citations: [{ policy_id: item.policy_id, passage_id: item.passage_id }],
    },
  };
}

/** Each passage once: two quotes of it are one source. */
function passagesOf(citations) {
  const byPassage = new Map(citations.map(({ policy_id, passage_id }) => [passage_id, { policy_id, passage_id }]));
  return [...byPassage.values()];
}

function closeForm(back) {
  composing.replaceChildren();
  document.getElementById(back).focus();
}

/** A form for an approved answer, filled with what is on the screen; where that has no source, one is picked. */
export function keepAnswer(entry) {
  const { answer, question } = entry;
  const text = element("textarea", { class: "wide", id: "kept-text", rows: 6, required: true, maxlength: 4000 });
  text.value = withoutSources(answer.text);
  const asked = element("input", { class: "wide", id: "kept-question", value: question, required: true, maxlength: 1000 });
  const failed = element("p", { class: "form-error", role: "alert" });
  const about = answer.scope ?? {};
  const citations = passagesOf(answer.citations);
  const passages = citations.length ? null : picker(question, entry.found ?? []);
  const form = element("form", { class: "card keep-form" },
    element("div", {},
      element("h3", { tabindex: "-1", id: "kept-title" }, t("keep_title")),
      element("p", { class: "soft" }, t("keep_text")),
      element("label", { class: "stacked", for: "kept-question" }, t("question_plain")), asked,
      element("label", { class: "stacked", for: "kept-text" }, t("answer_plain")), text,
      element("p", { class: "soft" }, [about.insurer, about.year, about.care].flat().filter(Boolean).join(" · ")),
      passages ? passages.node : element("div", { class: "passage-actions" }, sourceLinks(citations)),
      failed,
      element("div", { class: "dialog-actions" },
        element("button", { class: "go", type: "submit" }, t("keep_send")),
        element("button", { class: "small", type: "button", click: () => closeForm("tab-manage") }, t("cancel")))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.textContent = "";
    try {
      await call("/v1/approved", { body: {
        question: asked.value.trim(),
        text: text.value.trim(),
        ...(about.insurer ? { insurer: about.insurer } : {}),
        ...(about.year ? { year: about.year } : {}),
        ...(typeof about.care === "string" ? { care: about.care } : {}),
        citations: passages ? [passages.picked()].filter(Boolean) : citations,
      } });
      closeForm("approved-title");
      tell(t("kept"));
      await lookApproved();
    } catch (refusal) {
      if (refusal.kind === undefined) throw refusal;
      failed.textContent = reason(refusal);
    }
  });
  composing.replaceChildren(form);
  document.getElementById("kept-title").focus();
}

panel.append(
  composing,
  element("div", { class: "manage-columns" },
    element("section", { "aria-labelledby": "review-title" }, element("div", { class: "column-head" }, element("h2", { id: "review-title" }, t("review")), states), reviews),
    element("section", { "aria-labelledby": "approved-title" }, element("div", { class: "column-head" }, element("h2", { id: "approved-title", tabindex: "-1" }, t("approved"))), approved)),
);
drawStates();
