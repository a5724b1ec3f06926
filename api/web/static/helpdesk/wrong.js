// Marking an answer wrong: why, and where the right passage is.

import { element } from "../dom.js";
import { holdConversation } from "./caller.js";
import { picker } from "./picker.js";
import { call } from "./service.js";
import { reason, tell } from "./states.js";
import { t } from "./words.js";

const REASONS = ["incorrect", "incomplete", "unclear", "source", "other"];
const COMMENT_CHARACTERS_AT_MOST = 1000;

const dialog = document.getElementById("wrong-dialog");

function tick(value) {
  return element("label", { class: "tick" }, element("input", { type: "checkbox", name: "reason", value }), element("span", {}, t(`reason_${value}`)));
}

async function send(form, entry, comment, picked) {
  const reasons = [...form.querySelectorAll("input[name=reason]:checked")].map((box) => box.value);
  await call("/v1/feedback", {
    body: {
      receipt_id: entry.answer.receipt_id,
      verdict: "bad",
      ...(reasons.length ? { reasons } : {}),
      ...(comment ? { comment } : {}),
      ...picked,
      ...(entry.answer.conversation_id ? { conversation_id: entry.answer.conversation_id } : {}),
    },
  });
}

/** Open the form about what is on the screen. */
export function markWrong(entry) {
  if (!entry?.answer.receipt_id) return;
  const passages = picker(entry.question, entry.found);
  const comment = element("textarea", { class: "wide", id: "wrong-comment", rows: 2, maxlength: COMMENT_CHARACTERS_AT_MOST });
  const failed = element("p", { class: "form-error", role: "alert" });
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "wrong-title" }, t("wrong_title")),
    element("p", { class: "asked-line" }, entry.question),
    element("fieldset", {}, element("legend", {}, t("wrong_why")), REASONS.map(tick)),
    passages.node,
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
    try {
      await send(form, entry, comment.value.trim(), passages.picked());
      holdConversation();
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
