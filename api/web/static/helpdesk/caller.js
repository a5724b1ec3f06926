// The caller on the line: what was asked, kept in this tab until the next caller.

import { element } from "../dom.js";
import { clock } from "./words.js";

const KEPT_AS = "loket-helpdesk-caller";

const list = document.getElementById("asked-list");
const none = document.getElementById("asked-none");

let caller = { conversation: null, asked: [] };
let shown = -1;
let open = () => {};

function keep() {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(caller));
  } catch {
    // Full or forbidden: the questions then last until the page is left.
  }
}

function draw() {
  none.hidden = caller.asked.length > 0;
  list.replaceChildren(
    ...caller.asked.map((entry, place) =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", class: "asked-entry", "aria-current": place === shown ? "true" : null, click: () => show(place) },
          element("span", { class: "asked-question" }, entry.question),
          element("span", { class: "asked-when" }, [clock(entry.at), entry.answer.scope?.insurer, entry.answer.scope?.year].filter(Boolean).join(" · ")),
        ),
      ),
    ),
  );
}

function show(place) {
  shown = place;
  draw();
  open(caller.asked[place]);
  list.children[place]?.querySelector("button").focus();
}

/** `opened(entry)` is called when an earlier question is chosen. */
export function onEarlier(opened) {
  open = opened;
}

export const conversation = () => caller.conversation;

/** Add what was asked: {question, scope, day, answer, found}. */
export function remember(entry) {
  caller.conversation = entry.answer.conversation_id ?? null;
  caller.asked.push({ ...entry, at: Date.now() });
  shown = caller.asked.length - 1;
  keep();
  draw();
}

/** The server keeps the conversation when the caller is gone: an answer of it was put up for review. */
export function holdConversation() {
  caller.held = true;
  keep();
}

/** Forget the caller; gives the conversation that the server may forget too, if any. */
export function forget() {
  const was = caller.held ? null : caller.conversation;
  caller = { conversation: null, asked: [] };
  shown = -1;
  sessionStorage.removeItem(KEPT_AS);
  draw();
  return was;
}

/** What this tab still has of the caller, drawn; gives the last question, if any. */
export function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) || "null");
    if (Array.isArray(kept?.asked) && kept.asked.every((entry) => entry.question && Array.isArray(entry.answer?.citations))) {
      caller = kept;
      shown = caller.asked.length - 1;
    }
  } catch {
    sessionStorage.removeItem(KEPT_AS); // from another version of this page
  }
  draw();
  return caller.asked[shown] ?? null;
}
