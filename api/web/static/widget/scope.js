// What an answer is about, as chips that can be taken away or changed.

import { element, fill } from "../dom.js";

const SCOPE_NAMES = ["insurer", "year", "care"];

let editors = 0;

/** The values to choose from, by name, as the policies on file have them. */
function valuesOf(policies, name) {
  const values = policies.flatMap((policy) => (name === "care" ? policy.care : [policy[name]]));
  return [...new Set(values)].sort((a, b) => String(a).localeCompare(String(b), "nl", { numeric: true }));
}

function picker(name, current, policies, strings) {
  editors += 1;
  const id = `scope-${editors}`;
  const values = valuesOf(policies, name);
  if (current && !values.includes(current)) values.unshift(current);
  const select = element("select", { id, name }, element("option", { value: "" }, strings.not_said));
  for (const value of values) select.append(element("option", { value, selected: value === current }, String(value)));
  return { select, field: element("p", { class: "field" }, element("label", { for: id }, strings[name]), select) };
}

function editor(scope, open, shown, { askWith, edit }) {
  const { strings, policies } = shown;
  const pickers = open.map((name) => picker(name, scope[name], policies, strings));
  const submit = (event) => {
    event.preventDefault();
    askWith(Object.fromEntries(pickers.map(({ select }) => [select.name, select.name === "year" ? Number(select.value) || null : select.value || null])));
  };
  return element(
    "form",
    { class: "part sheet", submit },
    element("h4", {}, strings.change_title),
    pickers.map(({ field }) => field),
    open.length < shown.names.length ? element("p", { class: "quiet" }, strings.edit_hint) : null,
    element(
      "p",
      { class: "row" },
      open.length ? element("button", { class: "button main", type: "submit" }, strings.ask_again) : null,
      element("button", { class: "button", type: "button", click: edit }, strings.edit),
    ),
  );
}

/**
 * The chips of an answer. What the question itself names stays; the rest can be taken away.
 * `askWith(changes)` asks again with other values, null for none; `edit()` hands the question back to be changed.
 */
export function scopePart(scope, pinned, shown, acts) {
  const { strings, locked } = shown;
  const names = SCOPE_NAMES.filter((name) => !(locked && name === "insurer"));
  const told = SCOPE_NAMES.filter((name) => scope[name]);
  if (!told.length) return null;
  const said = new Set(scope.said || []);
  const open = names.filter((name) => !said.has(name));
  const place = element("div", { class: "opened" });
  const chips = told.map((name) => {
    const isOpen = open.includes(name);
    const isAssumed = isOpen && !pinned[name] && (scope.assumed || []).includes(name);
    const text = `${scope[name]}${isAssumed ? ` (${strings.assumed})` : ""}`;
    const away = isOpen
      ? element("button", { class: "away-with", type: "button", "aria-label": fill(strings.take_away, { name: `${strings[name]} ${scope[name]}` }), click: () => acts.askWith({ [name]: null }) }, "×")
      : null;
    return element("li", { class: `chip${isAssumed ? " assumed" : ""}` }, element("span", { class: "hidden" }, `${strings[name]}: `), text, away);
  });
  const change = element("button", { class: "chip press", type: "button", "aria-expanded": "false" }, strings.change);
  change.addEventListener("click", () => {
    const isOpen = change.getAttribute("aria-expanded") === "true";
    change.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) {
      place.replaceChildren();
      return;
    }
    place.replaceChildren(editor(scope, open, { ...shown, names }, acts));
    place.querySelector("select, button").focus();
  });
  return element(
    "div",
    { class: "part scope" },
    element("h4", {}, strings.scope),
    element("ul", {}, chips, element("li", { class: "bare" }, change)),
    place,
  );
}
