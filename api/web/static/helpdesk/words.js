// What the helpdesk's screen says, and how it writes days.

import { fill } from "../dom.js";

const strings = JSON.parse(document.getElementById("desk").dataset.strings);

export const language = document.documentElement.lang === "en" ? "en" : "nl";

const locale = language === "en" ? "en-GB" : "nl-NL";
const long = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
const shortMonth = new Intl.DateTimeFormat(locale, { month: "short", year: "2-digit", timeZone: "UTC" });
const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });

/** The string of this name in the page's language, with its {names} filled in. */
export function t(name, values = {}) {
  return fill(strings[name], values);
}

/** "1 januari 2027" of "2027-01-01". */
export const longDate = (iso) => long.format(new Date(`${iso}T00:00:00Z`));

/** "januari 2027" of "2027-01". */
export const monthName = (iso) => month.format(new Date(`${iso}-01T00:00:00Z`));

/** "jan 27" of "2027-01". */
export const shortMonthName = (iso) => shortMonth.format(new Date(`${iso}-01T00:00:00Z`));

/** "14:05" of a moment. */
export const clock = (at) => time.format(new Date(at));
