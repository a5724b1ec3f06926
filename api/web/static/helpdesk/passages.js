// A passage on the screen: where it stands, its words, those around it.

import { element } from "../dom.js";
import { policyWords } from "./policy_words.js";
import { policies } from "./scope.js";
import { call, passagePath, readingPath } from "./service.js";
import { refused, waiting } from "./states.js";
import { t } from "./words.js";

/** "Caresq · 2026 · p. 3" and the headings above it. */
export function placeOf(passage) {
  const policy = policies.find((each) => each.id === passage.policy_id) ?? passage;
  const page = passage.page === null || passage.page === undefined ? null : t("page", { page: passage.page });
  return element(
    "p",
    { class: "place" },
    element("span", { class: "place-policy", lang: "nl" }, passage.policy_title ?? policy.title ?? passage.policy_id),
    element("span", {}, [policy.insurer, policy.year, page].filter(Boolean).join(" · ")),
    policy.authority === "restatement" ? element("span", { class: "small-tag" }, t("restatement")) : null,
    element("span", { class: "place-path", lang: "nl" }, (passage.heading_path ?? []).join(" › ") || passage.section || ""),
  );
}

function shown(passage, kind, above, quote = null) {
  const path = passage.heading_path.at(-1);
  return element(
    "div",
    { class: `near near-${kind}` },
    path && path !== above ? element("p", { class: "near-heading", lang: "nl" }, path) : null,
    policyWords(passage.text, { quote }),
  );
}

async function showAround(frame, policyId, passageId, quote) {
  frame.replaceChildren(waiting(4));
  try {
    const passage = await call(passagePath(policyId, passageId), { query: { neighbours: 1 } });
    let above = null;
    const parts = [
      ...passage.before.map((each) => [each, "before"]),
      [passage, "own", quote],
      ...passage.after.map((each) => [each, "after"]),
    ].map(([each, kind, words]) => {
      const part = shown(each, kind, above, words);
      above = each.heading_path.at(-1);
      return part;
    });
    frame.replaceChildren(...parts);
  } catch (refusal) {
    frame.replaceChildren(refused(refusal, () => showAround(frame, policyId, passageId, quote)));
  }
}

let made = 0;

/** The ways to read on from a passage: those around it, here; the whole policy, in a tab of its own. */
export function readOn({ policy_id: policyId, passage_id: passageId, quote = null }, name) {
  made += 1;
  const frame = element("div", { class: "around", id: `around-${made}`, hidden: true });
  const toggle = element(
    "button",
    { class: "small", type: "button", "aria-expanded": "false", "aria-controls": frame.id },
    t("around"),
    element("span", { class: "visually-hidden" }, ` (${name})`),
  );
  toggle.addEventListener("click", () => {
    frame.hidden = !frame.hidden;
    toggle.setAttribute("aria-expanded", String(!frame.hidden));
    if (!frame.hidden && !frame.childElementCount) showAround(frame, policyId, passageId, quote);
  });
  const read = element(
    "a",
    { class: "small", href: readingPath(policyId, passageId), target: "_blank", rel: "noopener" },
    t("read"),
    element("span", { class: "visually-hidden" }, ` (${name}, ${t("new_tab")})`),
  );
  return [element("div", { class: "passage-actions" }, toggle, read), frame];
}

/** A quote that proves something, folded up under `label`. */
export function proof(citation) {
  return element(
    "details",
    { class: "proof" },
    element("summary", {}, t("proof")),
    placeOf(citation),
    policyWords(citation.quote, { as: "blockquote" }),
    element(
      "a",
      { class: "small", href: readingPath(citation.policy_id, citation.passage_id), target: "_blank", rel: "noopener" },
      t("read"),
      element("span", { class: "visually-hidden" }, ` (${t("new_tab")})`),
    ),
  );
}
