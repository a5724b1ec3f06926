// Two policies side by side: what was added, changed and left out; without the comparison, their contents.

import { element } from "../dom.js";
import { policies } from "./scope.js";
import { call, readingPath } from "./service.js";
import { empty, refused, say, waiting } from "./states.js";
import { compareWords } from "./sentences.js";
import { t } from "./words.js";

const panel = document.getElementById("panel-compare");
const older = element("select", { id: "compare-older" });
const newer = element("select", { id: "compare-newer" });
const body = element("div", { class: "compare-body" }, empty(t("compare_hint")));

function offer(select) {
  const offered = policies.map((policy) => element("option", { value: policy.id }, titleOf(policy.id)));
  select.replaceChildren(element("option", { value: "" }, t("choose_policy")), ...offered);
}

const titleOf = (id) => {
  const policy = policies.find((each) => each.id === id);
  return policy ? `${policy.title} (${policy.insurer}, ${policy.year})` : id;
};

function side(kind, words) {
  const name = kind === "old" ? "del" : "ins";
  const marked = Array.isArray(words) ? words.map(([word, differs]) => (differs ? element(name, {}, word) : word)) : element(name, {}, words);
  return element("div", { class: `said said-${kind}` }, marked);
}

function sentence(each) {
  const both = each.old && each.new ? compareWords(each.old, each.new) : each;
  return element(
    "div",
    { class: "pair" },
    element("div", {}, both.old ? side("old", both.old) : null),
    element("div", {}, both.new ? side("new", both.new) : null, each.kind === "moved" ? element("p", { class: "soft" }, t("moved")) : null),
  );
}

function figure(each) {
  return element(
    "li",
    { class: "figure" },
    `${t(`figure_${each.kind}`)}: `,
    each.old ? element("del", {}, each.old) : t("figure_absent"),
    element("span", { "aria-hidden": "true" }, " → "),
    each.new ? element("ins", {}, each.new) : t("figure_absent"),
  );
}

const named = (number, title) => (number && !title.startsWith(number) ? `${number} ${title}` : title);

function sectionPart(section, chosen) {
  const link = (id, passage, name) =>
    passage ? element("a", { class: "small", href: readingPath(id, passage), target: "_blank", rel: "noopener" }, name, element("span", { class: "visually-hidden" }, ` (${section.title}, ${t("new_tab")})`)) : null;
  const before = section.kind === "changed" && (section.renumbered || section.retitled) ? named(section.old_section, section.old_title ?? section.title) : null;
  return element(
    "section",
    { class: "change" },
    element("div", { class: "change-head" },
      element("span", { class: `change-kind kind-${section.kind}` }, t(`change_${section.kind}`)),
      element("h4", { lang: "nl" }, named(section.section, section.title)),
      link(chosen.older, section.old_passage_id, t("read_older")),
      link(chosen.newer, section.passage_id, t("read_newer"))),
    before ? element("p", { class: "soft" }, t("named_before", { name: before })) : null,
    section.figures?.length ? element("ul", { class: "figures" }, section.figures.map(figure)) : null,
    element("div", { class: "pairs", lang: "nl" }, (section.sentences ?? []).map(sentence)),
  );
}

function ruleChanges(rules) {
  const told = rules.filter((rule) => rule.state !== "proven" || rule.look);
  if (!told.length) return null;
  return element("details", { class: "change" },
    element("summary", {}, t("change_rules", { count: told.length })),
    element("ul", { class: "rule-changes" }, told.map((rule) =>
      element("li", {}, element("span", { class: "change-kind" }, t(rule.state === "proven" ? "rule_look" : `rule_${rule.state}`)), ` ${rule.rule} `,
        rule.why ? element("span", { class: "soft", lang: "en" }, rule.why) : null))));
}

function drawChanges(changes, chosen) {
  const among = (kind) => changes.sections.filter((section) => kind === "every" || section.kind === kind);
  let view = ["changed", "added", "removed"].find((kind) => among(kind).length) ?? "every";
  const views = element("div", { class: "views", role: "group", "aria-label": t("deadline_views") });
  const sections = element("div", {});
  const draw = () => {
    views.replaceChildren(...["changed", "added", "removed", "every"].map((kind) =>
      element("button", { type: "button", class: "view", "aria-pressed": String(kind === view), click: () => {
        view = kind;
        draw();
        views.querySelector('[aria-pressed="true"]').focus();
      } }, t(kind === "every" ? "view_every" : `change_${kind}`), element("span", { class: "count" }, String(among(kind).length)))));
    sections.replaceChildren(...(among(view).length ? among(view).map((section) => sectionPart(section, chosen)) : [empty(t("change_none"))]));
  };
  draw();
  body.replaceChildren(
    views,
    element("div", { class: "pair pair-head" },
      element("h3", { lang: "nl" }, titleOf(chosen.older)), element("h3", { lang: "nl" }, titleOf(chosen.newer))),
    sections,
    ...[ruleChanges(changes.rules ?? [])].filter(Boolean),
  );
  say(t("change_count", { added: among("added").length, changed: among("changed").length, removed: among("removed").length }));
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
  offer(older);
  offer(newer);
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
