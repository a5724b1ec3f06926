// An answer as an e-mail that the employee sends: plain text, with its sources.

import { longDate, t } from "./words.js";
import { readingPath } from "./service.js";
import { copy, tell } from "./states.js";

// Some mail programs take no more than about 2,000 characters of a mailto link.
const LINK_CHARACTERS_AT_MOST = 1900;
const SHORTEST_TEXT = 400;

/** The Markdown of an answer as it reads in plain text. */
export const plainText = (text) => text.replace(/\*\*/g, "").replace(/\\([!-/:-@[-`{-~])/g, "$1").trim();

function sources(citations, withQuotes) {
  return citations.map((citation) => {
    const page = citation.page === null || citation.page === undefined ? "" : `, ${t("page", { page: citation.page })}`;
    const place = [citation.heading_path?.join(" > ") || citation.section].filter(Boolean).join("");
    const head = `[${citation.label}] ${citation.policy_title} (${citation.insurer}), ${place}${page}`;
    const quote = withQuotes ? `    "${citation.quote.replace(/\s+/g, " ")}"\n` : "";
    return `${head}\n${quote}    ${location.origin}${readingPath(citation.policy_id, citation.passage_id)}`;
  });
}

function bodyOf(question, answer, withQuotes) {
  return [
    t("mail_greeting"),
    t("mail_asked", { question }),
    plainText(answer.text),
    ...(answer.notices ?? []),
    answer.citations.length ? `${t("mail_sources")}\n${sources(answer.citations, withQuotes).join("\n")}` : null,
    t("mail_day", { day: longDate(answer.today) }),
    t("mail_rights"),
    t("mail_end"),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** The subject and text; the AGB code and care type are for the employee to add. */
export function mailOf(question, answer) {
  const about = [answer.scope?.insurer, answer.scope?.year, answer.scope?.care].filter(Boolean);
  const named = about.flat().join(", ");
  return { subject: named ? t("mail_subject_about", { about: named }) : t("mail_subject"), body: bodyOf(question, answer, true) };
}

/** A link that opens the employee's mail program: without quotes, and with less of the text, where a link is too short. */
export function mailLink(question, answer) {
  const { subject, body } = mailOf(question, answer);
  const link = (text) => `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replace(/\n/g, "\r\n"))}`;
  let made = link(body);
  let { text, citations } = answer;
  if (made.length > LINK_CHARACTERS_AT_MOST) made = link(bodyOf(question, answer, false));
  while (made.length > LINK_CHARACTERS_AT_MOST && (text || citations.length)) {
    // The first sentences and sources are those that count; a line says that there is more.
    if (text.length > SHORTEST_TEXT || !citations.length) text = text.slice(0, Math.min(text.length - 40, text.lastIndexOf(" ", text.length - 40)));
    else citations = citations.slice(0, -1);
    made = link(bodyOf(question, { ...answer, text: `${text.trim()}… ${t("mail_more")}`, citations }, false));
  }
  return made;
}

/** Put the e-mail with its subject where it can be pasted from, and tell so. */
export async function copyMail(question, answer) {
  const { subject, body } = mailOf(question, answer);
  const done = await copy(`${t("mail_subject_line")}: ${subject}\n\n${body}\n`);
  tell(t(done ? "copied" : "not_copied"));
}
