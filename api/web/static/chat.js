// The conversation: what was asked and answered, kept for this tab only.

import { answerTurn, spokenAnswer } from "./answer.js";
import { element, fill } from "./dom.js";
import { askService } from "./stream.js";

const KEPT_AS = "loket-conversation";
const SHOW_LEFT_BELOW = 200;

const page = document.getElementById("chat");
const strings = JSON.parse(page.dataset.strings);
const language = document.documentElement.lang;
const [welcome, thread, live, composer, input, send, left, offline, restart] = [
  "welcome", "thread", "live", "composer", "question", "send", "left", "offline", "restart",
].map((id) => document.getElementById(id));

let conversation = { id: null, turns: [] };
let busy = false;

function keep() {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(conversation));
  } catch {
    // Full or forbidden: the conversation then lasts until the page is left.
  }
}

function say(text) {
  live.textContent = "";
  // A fresh text node on a later tick, so that the same sentence twice is spoken twice.
  setTimeout(() => { live.textContent = text; }, 50);
}

function askedTurn(question, chosen) {
  return element(
    "li",
    { class: "turn asked" },
    element("h2", { class: "visually-hidden" }, strings.you),
    element("p", {}, question),
    chosen ? element("p", { class: "chosen" }, fill(strings.chosen, { label: chosen })) : null,
  );
}

function waitingTurn() {
  const text = element("p", {}, strings.busy);
  const dots = element("span", { class: "dots", "aria-hidden": "true" }, element("span"), element("span"), element("span"));
  return { turn: element("li", { class: "turn waiting" }, dots, text), text };
}

function failedTurn(failure, again) {
  let told = strings.error_server;
  if (failure.kind === "network") told = strings.error_network;
  else if (failure.detail && language === "nl") told = failure.detail;
  if (failure.seconds) told += ` ${fill(strings.error_wait, { seconds: failure.seconds })}`;
  const button = element("button", { class: "retry", type: "button", click: again }, strings.retry);
  return { turn: element("li", { class: "turn failed" }, element("h2", {}, strings.error_title), element("p", {}, told), button), told };
}

function showAnswer(answer, question) {
  const turn = answerTurn(answer, {
    strings,
    ask: (text) => ask({ question: text }),
    choose: (option) => {
      if (busy) return false;
      ask({ question, scope: option.scope, chosen: option.label });
      return true;
    },
  });
  thread.append(turn);
}

function setBusy(now) {
  busy = now;
  send.setAttribute("aria-disabled", String(now));
}

async function ask({ question, scope = null, chosen = null }) {
  if (busy) return;
  setBusy(true);
  welcome.hidden = true;
  const asked = askedTurn(question, chosen);
  const { turn: waiting, text } = waitingTurn();
  thread.append(asked, waiting);
  asked.scrollIntoView({ block: "start" });
  say(strings.busy);
  const body = { question, conversation_id: conversation.id, scope, language: language === "en" ? "en" : null };
  try {
    const answer = await askService(body, () => { text.textContent = strings.found; });
    conversation.id = answer.conversation_id;
    conversation.turns.push({ question, chosen, answer });
    keep();
    waiting.remove();
    showAnswer(answer, question);
    asked.scrollIntoView({ block: "start" });
    say(spokenAnswer(answer, strings));
  } catch (failure) {
    waiting.remove();
    if (!input.value) input.value = question; // nobody should have to type a question twice
    const again = () => {
      failed.turn.remove();
      asked.remove();
      if (input.value === question) input.value = "";
      input.focus();
      ask({ question, scope, chosen });
    };
    const failed = failedTurn(failure, again);
    thread.append(failed.turn);
    failed.turn.scrollIntoView({ block: "nearest" });
    say(`${strings.error_title}. ${failed.told}`);
  } finally {
    setBusy(false);
    countLeft();
  }
}

function countLeft() {
  const count = input.maxLength - input.value.length;
  left.textContent = count < SHOW_LEFT_BELOW ? fill(strings.left, { count }) : "";
}

function submit() {
  const question = input.value.trim();
  if (!question || busy) return;
  input.value = "";
  countLeft();
  ask({ question });
}

function startAgain() {
  conversation = { id: null, turns: [] };
  sessionStorage.removeItem(KEPT_AS);
  thread.replaceChildren();
  welcome.hidden = false;
  input.value = "";
  countLeft();
  input.focus();
  say(strings.restarted);
}

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) || "null");
    if (!kept?.turns?.length) return;
    for (const { question, chosen, answer } of kept.turns) {
      thread.append(askedTurn(question, chosen));
      showAnswer(answer, question);
    }
    conversation = kept;
    welcome.hidden = true;
  } catch {
    sessionStorage.removeItem(KEPT_AS); // from another version of this page
    thread.replaceChildren();
  }
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
input.addEventListener("input", countLeft);
restart.addEventListener("click", (event) => {
  event.preventDefault();
  if (!busy) startAgain();
});
for (const link of document.querySelectorAll("[data-question]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    input.focus();
    ask({ question: link.dataset.question });
  });
}
for (const name of ["online", "offline"]) {
  window.addEventListener(name, () => { offline.hidden = navigator.onLine; });
}
offline.hidden = navigator.onLine;
if (!thread.childElementCount) restore();
