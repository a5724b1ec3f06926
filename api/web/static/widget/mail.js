// The e-mail to a person: drafted here, finished and sent by the user.

import { element, fill } from "../dom.js";
import { passageUrl, placeOf } from "./sources.js";

const EMAIL = /^[^\s@<>"?&]+@[^\s@<>"?&]+$/;
const AGB = /^\d{8}$/;
const AGB_PLACE = /\[(?:uw AGB-code|your AGB code)\]/g;
const QUESTION_PLACE = /\[(?:Uw vraag|Your question)\]/g;
const LONGEST_TOLD = 700;

let forms = 0;

/** The text of an answer without its Markdown. */
export function plainText(text) {
  return text.replace(/\*\*/g, "").replace(/\\([!-/:-@[-`{-~])/g, "$1").trim();
}

/** An answer with its question and sources, as text. */
export function withSources(question, answer, shown) {
  const { strings } = shown;
  const sources = (answer.citations || []).map(
    (citation) => `[${citation.label}] ${citation.policy_title}, ${placeOf(citation, strings)}: “${citation.quote}” ${passageUrl(citation, shown)}`,
  );
  return [
    fill(strings.copy_text, { question }),
    plainText(answer.text),
    sources.length ? [strings.mail_sources, ...sources].join("\n") : "",
    ...(answer.notices || []),
    fill(strings.copy_from, { today: answer.today }),
  ].filter(Boolean).join("\n\n");
}

function toldSoFar(question, answer, shown) {
  const { strings } = shown;
  const text = plainText(answer.text);
  const told = text.length > LONGEST_TOLD ? `${text.slice(0, LONGEST_TOLD)}…` : text;
  const places = (answer.citations || []).map((citation) => `[${citation.label}] ${citation.policy_title}, ${placeOf(citation, strings)}`);
  return [question, [strings.mail_answer, told].join("\n"), places.length ? [strings.mail_sources, ...places].join("\n") : ""]
    .filter(Boolean)
    .join("\n\n");
}

/** The mailto address of a draft; `code` empty: its place stays open. */
export function mailAddress(handoff, { question, code, told }) {
  const filled = (text) => (code ? text.replace(AGB_PLACE, () => code) : text);
  const body = filled(handoff.body).replace(QUESTION_PLACE, () => told || question);
  return `mailto:${handoff.email}?subject=${encodeURIComponent(filled(handoff.subject))}&body=${encodeURIComponent(body.replace(/\r?\n/g, "\r\n"))}`;
}

/** The form that finishes the draft; null where there is no mailbox to send it to. */
export function mailForm(handoff, question, answer, shown) {
  if (!handoff || !EMAIL.test(handoff.email)) return null;
  const { strings } = shown;
  forms += 1;
  const id = `mail-${forms}`;
  const told = toldSoFar(question, answer, shown);
  const link = element("a", { class: "button main" }, strings.mail_open);
  const subject = element("dd", {});
  const wrong = element("p", { class: "wrong", id: `${id}-wrong`, hidden: true }, strings.mail_agb_wrong);
  const code = element("input", {
    id, type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 12, "aria-describedby": `${id}-hint ${id}-wrong`,
  });
  const update = () => {
    const typed = code.value.replace(/[\s.-]/g, "");
    const isCode = AGB.test(typed);
    wrong.hidden = !typed || isCode;
    code.setAttribute("aria-invalid", String(Boolean(typed) && !isCode));
    subject.textContent = isCode ? handoff.subject.replace(AGB_PLACE, () => typed) : handoff.subject;
    link.href = mailAddress(handoff, { question, code: isCode ? typed : "", told });
  };
  code.addEventListener("input", update);
  update();
  return element(
    "div",
    { class: "part sheet mail" },
    element("h4", {}, strings.mail_title),
    element("label", { for: id }, strings.mail_agb),
    code,
    element("p", { class: "quiet", id: `${id}-hint` }, strings.mail_agb_hint),
    wrong,
    element("dl", {}, element("dt", {}, strings.mail_to), element("dd", {}, handoff.email), element("dt", {}, strings.mail_subject), subject),
    link,
    element("p", { class: "quiet" }, strings.mail_note),
  );
}
