// Marking an answer wrong: why, and where the right passage is.

import { element } from "../dom.js";
import { search } from "./lookup.js";
import { placeOf } from "./passages.js";
import { call } from "./service.js";
import { empty, reason, refused, say, tell, waiting } from "./states.js";
import { t } from "./words.js";

const REASONS = ["incorrect", "incomplete", "unclear", "source", "other"];
const COMMENT_CHARACTERS_AT_MOST = 1000;

const dialog = document.getElementById("wrong-dialog");

function tick(name, value, label) {
  return element("label", { class: "tick" }, element("input", { type: "checkbox", name, value }), element("span", {}, label));
}

function passageChoice(passage) {
  return element(
    "label",
    { class: "passage-choice" },
    element("input", { type: "radio", name: "passage", value: passage.passage_id, "data-policy": passage.policy_id }),
    element("span", {}, placeOf(passage), element("span", { class: "policy-words clamped", lang: "nl" }, passage.text)),
  );
}

function choicesOf(passages) {
  return [
    element("label", { class: "passage-choice" }, element("input", { type: "radio", name: "passage", value: "", checked: true }), element("span", {}, t("no_passage"))),
    ...(passages.length ? passages.map(passageChoice) : [empty(t("found_none"))]),
  ];
}

/** Open the form about what is on the screen. */
export function markWrong(entry) {
  if (!entry?.answer.receipt_id) return;
  const choices = element("div", { class: "passage-choices" }, choicesOf(entry.found));
  const query = element("input", { class: "wide", type: "search", id: "wrong-query", value: entry.question, maxlength: 1000, autocomplete: "off" });
  const failed = element("p", { class: "form-error", role: "alert" });
  const look = async () => {
    if (!query.value.trim()) return;
    choices.replaceChildren(waiting(3));
    try {
      const passages = await search(query.value.trim());
      choices.replaceChildren(...choicesOf(passages));
      say(t("found_count", { count: passages.length }));
    } catch (refusal) {
      choices.replaceChildren(refused(refusal, look));
    }
  };
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look();
  });
  const comment = element("textarea", { class: "wide", id: "wrong-comment", rows: 2, maxlength: COMMENT_CHARACTERS_AT_MOST });
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "wrong-title" }, t("wrong_title")),
    element("p", { class: "asked-line" }, entry.question),
    element("fieldset", {}, element("legend", {}, t("wrong_why")), REASONS.map((name) => tick("reason", name, t(`reason_${name}`)))),
    element("fieldset", {}, element("legend", {}, t("right_passage")),
      element("div", { class: "search-row" }, element("label", { class: "visually-hidden", for: "wrong-query" }, t("find_passage")), query,
        element("button", { class: "small", type: "button", click: look }, t("find_passage"))),
      choices),
    element("label", { class: "stacked", for: "wrong-comment" }, t("comment")),
    comment,
    element("p", { class: "hint-text" }, t("no_patients")),
    failed,
    element("div", { class: "dialog-actions" },
      element("button", { class: "go", type: "submit" }, t("wrong_send")),
      element("button", { class: "small", type: "button", click: () => dialog.close() }, t("cancel"))),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.textContent = "";
    const chosen = form.querySelector("input[name=passage]:checked");
    const reasons = [...form.querySelectorAll("input[name=reason]:checked")].map((box) => box.value);
    try {
      await call("/v1/feedback", {
        body: {
          receipt_id: entry.answer.receipt_id,
          verdict: "bad",
          ...(reasons.length ? { reasons } : {}),
          ...(comment.value.trim() ? { comment: comment.value.trim() } : {}),
          ...(chosen?.value ? { passage_id: chosen.value, policy_id: chosen.dataset.policy } : {}),
          ...(entry.answer.conversation_id ? { conversation_id: entry.answer.conversation_id } : {}),
        },
      });
      dialog.close();
      tell(t("wrong_done"));
    } catch (refusal) {
      if (refusal.kind === undefined) throw refusal;
      failed.textContent = reason(refusal);
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}
