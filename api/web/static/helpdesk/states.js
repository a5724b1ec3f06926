// The states that every part of the screen has: waiting, empty, refused; and what a screen reader hears.

import { element } from "../dom.js";
import { language, t } from "./words.js";

const TOAST_MS = 4000;

const live = document.getElementById("live");
const toast = document.getElementById("toast");

/** Let a screen reader hear `text`; the same sentence twice is spoken twice. */
export function say(text) {
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 50);
}

let hide = 0;

/** Tell that something was done, seen and heard, without moving anything. */
export function tell(text) {
  say(text);
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hide);
  hide = setTimeout(() => { toast.hidden = true; }, TOAST_MS);
}

/** Grey lines in the place of what is to come. */
export function waiting(lines = 3) {
  return element(
    "div",
    { class: "waiting-lines" },
    element("p", { class: "visually-hidden" }, t("waiting")),
    Array.from({ length: lines }, () => element("span", { "aria-hidden": "true" })),
  );
}

export const empty = (text) => element("p", { class: "hint-text" }, text);

const TOLD = { offline: "no_connection", token: "no_token", role: "no_role" };

/** Why there is no answer, in the words of the server where they are Dutch and of use. */
export function reason(refusal) {
  if (TOLD[refusal.kind]) return t(TOLD[refusal.kind]);
  const fields = (refusal.errors ?? []).map((error) => error.message).join(" ");
  const told = language === "nl" ? fields || refusal.detail : "";
  const wait = refusal.seconds ? ` ${t("wait", { seconds: refusal.seconds })}` : "";
  return `${told || t(refusal.kind === "busy" ? "busy" : "went_wrong")}${wait}`;
}

/** A refusal in the place of what was asked, with a way to try again. */
export function refused(refusal, again = null) {
  if (refusal.kind === undefined) throw refusal;
  const text = reason(refusal);
  say(text);
  return element(
    "div",
    { class: "refused" },
    element("p", {}, text),
    again ? element("button", { class: "small", type: "button", click: again }, t("again")) : null,
  );
}

const WORD = /[\p{L}\p{N}]{4,}/gu;

/** `text` with the words of `asked` in bold, for whoever scans a list. */
export function scanned(text, asked) {
  const wanted = new Set((asked.toLowerCase().match(WORD) ?? []));
  const nodes = [];
  let place = 0;
  for (const match of text.matchAll(WORD)) {
    if (!wanted.has(match[0].toLowerCase())) continue;
    nodes.push(text.slice(place, match.index), element("b", {}, match[0]));
    place = match.index + match[0].length;
  }
  return [...nodes, text.slice(place)];
}

/** Copy `text`; says whether it could. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
