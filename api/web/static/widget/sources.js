// What an answer rests on: the quote in place, and the way to its passage in the policy.

import { element, fill } from "../dom.js";

/** The address of the passage in the reading view. */
export function passageUrl(citation, { server, language }) {
  const passage = encodeURIComponent(citation.passage_id);
  const english = language === "en" ? "&lang=en" : "";
  return `${server}/policies/${encodeURIComponent(citation.policy_id)}?passage=${passage}${english}#${passage}`;
}

/** 'Caresq · 2026 · 5 Planning · p. 4'. */
export function placeOf(citation, strings) {
  const place = [citation.insurer, citation.year, citation.heading_path?.at(-1) || citation.section];
  if (citation.page !== null && citation.page !== undefined) place.push(fill(strings.page, { page: citation.page_label || citation.page }));
  return place.filter(Boolean).join(" · ");
}

function sourceCard(citation, isOpen, shown) {
  const { strings } = shown;
  const name = fill(strings.source_mark, { label: citation.label });
  return element(
    "li",
    {},
    element(
      "details",
      { class: "source", open: isOpen, "data-label": citation.label },
      element(
        "summary",
        {},
        element("span", { class: "label", "aria-hidden": "true" }, String(citation.label)),
        element(
          "span",
          { class: "source-name" },
          element("span", { class: "hidden" }, `${name}: `),
          element("span", { class: "source-policy", lang: "nl" }, citation.policy_title),
          " ",
          element("span", { class: "source-place" }, placeOf(citation, strings)),
        ),
      ),
      element("blockquote", { lang: "nl" }, citation.quote),
      element(
        "p",
        { class: "source-foot" },
        element(
          "a",
          { href: passageUrl(citation, shown), target: "_blank", rel: "noopener" },
          strings.read,
          element("span", { class: "hidden" }, ` (${name}, ${strings.new_tab})`),
          element("span", { class: "away", "aria-hidden": "true" }, "↗"),
        ),
        citation.authority === "restatement" ? element("span", { class: "tag" }, strings.restatement) : null,
      ),
    ),
  );
}

/** The sources as a list, the first one open; null where there are none. */
export function sourcesPart(citations, shown) {
  if (!citations?.length) return null;
  return element(
    "div",
    { class: "part sources" },
    element("h4", {}, shown.strings.sources),
    element("ol", {}, citations.map((citation, place) => sourceCard(citation, place === 0, shown))),
  );
}

/** What makes the marks of a text: each opens the source of its label within `turn()`. */
export function markMaker(citations, turn, strings) {
  const labels = new Set((citations || []).map((citation) => citation.label));
  return (label) => {
    if (!labels.has(label)) return `[${label}]`;
    const open = () => {
      const source = turn().querySelector(`.source[data-label="${label}"]`);
      source.open = true;
      source.querySelector("summary").focus();
      source.scrollIntoView({ block: "nearest" });
    };
    return element("button", { class: "mark", type: "button", "aria-label": fill(strings.source_mark, { label }), click: open }, String(label));
  };
}
