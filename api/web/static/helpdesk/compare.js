// Two policies side by side: what was added, changed and left out; without the comparison, their contents.

import { element } from "../dom.js";
import { policies } from "./scope.js";
import { call, readingPath } from "./service.js";
import { empty, refused, say, waiting } from "./states.js";
import { t } from "./words.js";

const panel = document.getElementById("panel-compare");
const older = element("select", { id: "compare-older" });
const newer = element("select", { id: "compare-newer" });
const body = element("div", { class: "compare-body" }, empty(t("compare_hint")));

function optionsOf(select, first) {
  const named = policies.map((policy) => element("option", { value: policy.id }, `${policy.insurer} ${policy.year} · ${policy.title}`));
  select.replaceChildren(element("option", { value: "" }, t("choose_policy")), ...named);
  select.value = first ?? "";
}

const titleOf = (id) => {
  const policy = policies.find((each) => each.id === id);
  return policy ? `${policy.title} (${policy.insurer}, ${policy.year})` : id;
};

function side(kind, text) {
  return element(kind === "old" ? "del" : "ins", { class: `said said-${kind}` }, text);
}

function sentence(each) {
  return element(
    "div",
    { class: "pair" },
    element("div", { class: "old" }, each.old ? side("old", each.old) : null),
    element("div", { class: "new" }, each.new ? side("new", each.new) : null),
  );
}

function figure(each) {
  return element(
    "li",
    { class: "figure" },
    element("span", { class: "soft" }, `${t(`figure_${each.kind}`)}: `),
    each.old ? side("old", each.old) : t("figure_absent"),
    element("span", { "aria-hidden": "true" }, " → "),
    each.new ? side("new", each.new) : t("figure_absent"),
  );
}

function sectionPart(section, chosen) {
  const link = (id, passage, name) =>
    passage ? element("a", { class: "small", href: readingPath(id, passage), target: "_blank", rel: "noopener" }, name, element("span", { class: "visually-hidden" }, ` (${section.title}, ${t("new_tab")})`)) : null;
  return element(
    "section",
    { class: `change is-${section.kind}` },
    element("div", { class: "change-head" },
      element("span", { class: `change-kind kind-${section.kind}` }, t(`change_${section.kind}`)),
      element("h3", { lang: "nl" }, [section.section, section.title].filter((part, place, all) => part && !(place === 0 && String(all[1]).startsWith(String(part)))).join(" ")),
      link(chosen.older, section.old_passage_id, t("read_older")),
      link(chosen.newer, section.passage_id, t("read_newer"))),
    section.figures?.length ? element("ul", { class: "figures" }, section.figures.map(figure)) : null,
    element("div", { class: "pairs", lang: "nl" }, (section.sentences ?? []).map(sentence)),
  );
}

function drawChanges(changes, chosen) {
  const rules = (changes.rules ?? []).filter((rule) => rule.state !== "proven");
  const counted = Object.groupBy ? Object.groupBy(changes.sections, (section) => section.kind) : {};
  const count = (kind) => counted[kind]?.length ?? changes.sections.filter((section) => section.kind === kind).length;
  const summary = t("change_count", { added: count("added"), changed: count("changed"), removed: count("removed") });
  body.replaceChildren(
    element("p", { class: "compare-count" }, summary),
    element("div", { class: "pair pair-head" },
      element("h3", { class: "old", lang: "nl" }, titleOf(chosen.older)), element("h3", { class: "new", lang: "nl" }, titleOf(chosen.newer))),
    ...(changes.sections.length ? changes.sections.map((section) => sectionPart(section, chosen)) : [empty(t("change_none"))]),
    ...(rules.length
      ? [element("section", { class: "change" }, element("h3", {}, t("change_rules")),
          element("ul", { class: "rule-changes" }, rules.map((rule) =>
            element("li", {}, element("span", { class: "change-kind" }, t(`rule_${rule.state}`)), ` ${rule.rule}`, rule.why ? element("span", { class: "soft" }, ` ${rule.why}`) : null))))]
      : []),
  );
  say(summary);
}

function contents(policy) {
  return element("section", { "aria-label": titleOf(policy.id) },
    element("h3", { lang: "nl" }, element("a", { href: readingPath(policy.id), target: "_blank", rel: "noopener" }, titleOf(policy.id))),
    element("ol", { class: "plain-contents", lang: "nl" }, policy.sections.filter((section) => section.kind !== "contents").map((section) =>
      element("li", { class: `level-${Math.min(section.level, 4)}` }, `${section.number ?? ""} ${section.title}`.trim()))));
}

async function drawContents(chosen) {
  const both = await Promise.all([chosen.older, chosen.newer].map((id) => call(`/v1/policies/${encodeURIComponent(id)}`)));
  body.replaceChildren(
    element("p", { class: "missing-note" }, t("compare_missing")),
    element("div", { class: "pair two-contents" }, both.map(contents)),
  );
  say(t("compare_missing"));
}

async function compare() {
  const chosen = { older: older.value, newer: newer.value };
  if (!chosen.older || !chosen.newer) return;
  if (chosen.older === chosen.newer) {
    body.replaceChildren(empty(t("compare_same")));
    return;
  }
  body.replaceChildren(waiting(8));
  try {
    const changes = await call("/v1/changes", { query: { policy_id: chosen.newer, against: chosen.older } });
    drawChanges(changes, chosen);
  } catch (refusal) {
    if (refusal.kind !== "missing") body.replaceChildren(refused(refusal, compare));
    else await drawContents(chosen).catch((other) => body.replaceChildren(refused(other, compare)));
  }
}

/** Offer the policies on file. */
export function show() {
  if (older.options.length > 1 || !policies.length) return;
  optionsOf(older);
  optionsOf(newer);
}

const swap = element("button", { class: "small", type: "button", click: () => {
  [older.value, newer.value] = [newer.value, older.value];
  compare();
} }, t("swap"));

panel.append(
  element("div", { class: "column-head" }, element("h2", {}, t("tab_compare"))),
  element("div", { class: "compare-choice" },
    element("label", { class: "stacked", for: "compare-older" }, t("older")), older,
    swap,
    element("label", { class: "stacked", for: "compare-newer" }, t("newer")), newer),
  body,
);
for (const select of [older, newer]) select.addEventListener("change", compare);
