// The planned dates of the policies within the scope, on a line of time.

import { element } from "../dom.js";
import { proof } from "./passages.js";
import { day, filters, onScope, scope } from "./scope.js";
import { call } from "./service.js";
import { empty, refused, say, waiting } from "./states.js";
import { language, longDate, monthName, shortMonthName, t } from "./words.js";

const SOON_DAYS = 30;
const VIEWS = ["ahead", "soon", "past", "every"];

const panel = document.getElementById("panel-deadlines");
const body = element("div", { class: "timeline-frame" });
const views = element("div", { class: "views", role: "group", "aria-label": t("deadline_views") });
const calendar = element("a", { class: "small", download: true }, t("calendar"));

let planned = null;
let view = "ahead";
let asking = null;

// A date from which something holds asks nothing of anyone once it has begun.
const hasBegun = (each) => each.bound === "from" && each.status === "now";
const isPast = (each) => each.status === "past" || hasBegun(each);
const isSoon = (each) => !isPast(each) && (each.status !== "open" || (each.days_left ?? 0) <= SOON_DAYS);
const SHOWN = { ahead: (each) => !isPast(each), soon: isSoon, past: isPast, every: () => true };

function standing(each) {
  if (each.status === "today") return t("due_today");
  if (each.status === "now") return t(hasBegun(each) ? "due_begun" : "due_now");
  if (each.days_left === null) return "";
  const days = Math.abs(each.days_left);
  if (isPast(each)) return t(days === 1 ? "due_past_one" : "due_past", { days });
  return t(days === 1 ? "due_in_one" : "due_in", { days });
}

function entry(each) {
  const kind = isPast(each) ? "past" : isSoon(each) ? "soon" : "ahead";
  return element(
    "li",
    { class: `deadline is-${kind}` },
    element("p", { class: "deadline-when" }, element("span", { class: "deadline-told" }, each.told), element("span", { class: "deadline-left" }, standing(each))),
    element(
      "div",
      { class: "deadline-what" },
      element("p", { class: "deadline-name" }, each.what, each.own ? element("span", { class: "small-tag" }, t("own")) : null),
      element("p", { class: "soft" }, [each.insurer, each.year, each.for_whom].filter(Boolean).join(" · ")),
      proof(each.citation),
    ),
  );
}

const todayLine = (tag) => element(tag, { class: "today-line" }, t("today_line", { day: longDate(planned.today) }));

function drawViews() {
  views.replaceChildren(
    ...VIEWS.map((name) =>
      element("button", { type: "button", class: "view", "aria-pressed": String(name === view), click: () => choose(name) },
        t(`view_${name}`, { days: SOON_DAYS }), element("span", { class: "count" }, String(planned.deadlines.filter(SHOWN[name]).length))),
    ),
  );
}

function choose(name) {
  view = name;
  draw();
  views.querySelector('[aria-pressed="true"]').focus({ preventScroll: true });
  if (name === "every") body.querySelector(".today-line")?.scrollIntoView({ block: "center" });
}

function monthsOf(shown) {
  const months = new Map();
  for (const each of shown) {
    const month = each.due.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), each]);
  }
  return months;
}

function strip(months) {
  if (months.size < 2) return null;
  return element(
    "nav",
    { class: "month-strip", "aria-label": t("months") },
    element("ul", {}, [...months].map(([month, among]) =>
      element("li", {}, element("a", { href: `#month-${month}`, class: among.some(isSoon) ? "month has-soon" : "month" },
        shortMonthName(month), element("span", { class: "count" }, String(among.length)))),
    )),
  );
}

function draw() {
  drawViews();
  const months = monthsOf(planned.deadlines.filter(SHOWN[view]));
  const next = planned.deadlines.filter(SHOWN[view]).find((each) => each.due >= planned.today);
  // Today stands among the dates of its own month, or between two months.
  const isWithin = next?.due.slice(0, 7) === planned.today.slice(0, 7);
  const nodes = [...months].flatMap(([month, among]) => [
    among[0] === next && !isWithin ? todayLine("p") : null,
    element("section", { class: "month-part" },
      element("h3", { id: `month-${month}`, tabindex: "-1" }, monthName(month)),
      element("ol", { class: "deadline-list" }, among.flatMap((each) => (each === next && (isWithin || among[0] !== next) ? [todayLine("li"), entry(each)] : [entry(each)])))),
  ]).filter(Boolean);
  body.replaceChildren(
    ...(nodes.length ? [strip(months), element("div", { class: "timeline" }, nodes)].filter(Boolean) : [empty(t("deadline_none"))]),
  );
  calendar.href = `/v1/deadlines.ics?${new URLSearchParams({ ...scope(), language })}`;
}

async function look() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  if (!planned) body.replaceChildren(waiting(8));
  try {
    planned = await call("/v1/deadlines", { query: { ...filters(), today: day(), language }, signal: mine.signal });
    draw();
    say(t("deadline_count", { soon: planned.deadlines.filter(isSoon).length, days: SOON_DAYS }));
  } catch (refusal) {
    if (mine.signal.aborted) return;
    planned = null;
    body.replaceChildren(refused(refusal, look));
  }
}

/** Look the dates up, as the scope has them. */
export const show = look;

panel.append(
  element("div", { class: "column-head" }, element("h2", {}, t("tab_deadlines")), views, calendar),
  body,
);
onScope(() => {
  if (!panel.hidden) look();
});
