// The scope that the employee sets: insurer, year, care type and day; and the policies on file that fit.

import { element } from "../dom.js";
import { call } from "./service.js";

const [insurer, year, care, today, clear] = ["insurer", "year", "care", "today", "clear-filters"].map((id) =>
  document.getElementById(id),
);
const heard = [];

export let policies = [];

/** The policies on file, into the filters. Throws Refusal. */
export async function loadPolicies() {
  policies = (await call("/v1/policies")).policies;
  const byName = (a, b) => String(a).localeCompare(String(b), "nl");
  const offer = (select, values) => {
    const kept = select.value;
    select.replaceChildren(select.options[0], ...[...new Set(values)].sort(byName).map((value) => element("option", {}, value)));
    select.value = kept;
  };
  offer(insurer, policies.map((policy) => policy.insurer));
  offer(year, policies.map((policy) => String(policy.year)));
  offer(care, policies.flatMap((policy) => policy.care));
}

/** What is set, as POST /v1/answers names it; null: nothing. */
export function scope() {
  const said = { insurer: insurer.value, year: Number(year.value), care: care.value };
  const set = Object.entries(said).filter(([, value]) => value);
  return set.length ? Object.fromEntries(set) : null;
}

/** The day that is set, or null: today. */
export const day = () => today.value || null;

/** What is set, as the look-ups name it. */
export const filters = () => ({ ...scope(), today: day() });

/** Whether a policy of this id is within what is set. */
export function fits(policyId) {
  const set = scope() ?? {};
  const policy = policies.find((each) => each.id === policyId);
  if (!policy) return Object.keys(set).length === 0;
  return (
    (!set.insurer || policy.insurer === set.insurer) &&
    (!set.year || policy.year === set.year) &&
    (!set.care || policy.care.includes(set.care))
  );
}

/** Set the filters, as an earlier question had them. */
export function setScope(set, onDay) {
  insurer.value = set?.insurer ?? "";
  year.value = set?.year ? String(set.year) : "";
  care.value = typeof set?.care === "string" ? set.care : "";
  today.value = onDay ?? "";
  changed();
}

/** `hear()` is called when the scope changes. */
export const onScope = (hear) => heard.push(hear);

function changed() {
  clear.hidden = !scope() && !day();
  for (const hear of heard) hear();
}

for (const field of [insurer, year, care, today]) field.addEventListener("change", changed);
clear.addEventListener("click", () => {
  setScope(null, null);
  insurer.focus();
});
