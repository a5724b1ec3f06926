// The helpdesk's screen, put together.

import { forget as forgetCaller } from "./caller.js";
import * as compare from "./compare.js";
import * as deadlines from "./deadlines.js";
import { listen, openKeys } from "./keys.js";
import * as lookup from "./lookup.js";
import * as manage from "./manage.js";
import * as rules from "./rules.js";
import { loadPolicies } from "./scope.js";
import { onTokenWanted, token } from "./service.js";
import { reason, tell } from "./states.js";
import { t } from "./words.js";
import { markWrong } from "./wrong.js";

const TABS = ["answer", "rules", "deadlines", "compare", "manage"];
const SHOW = { rules, deadlines, compare, manage };

const find = (id) => document.getElementById(id);
const input = find("question");

function openTab(name, { focus = false } = {}) {
  for (const each of TABS) {
    const tab = find(`tab-${each}`);
    const chosen = each === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    find(`panel-${each}`).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
  history.replaceState(null, "", `${location.pathname}${location.search}${name === "answer" ? "" : `#${name}`}`);
  SHOW[name]?.show();
}

function walkTabs(event) {
  const at = TABS.indexOf(document.activeElement.id.replace("tab-", ""));
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + TABS.length, Home: 0, End: TABS.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  openTab(TABS[to % TABS.length], { focus: true });
}

function askForToken(refusedOne) {
  const dialog = find("token-dialog");
  const form = find("token-form");
  const field = find("token");
  find("token-why").textContent = t(refusedOne ? "token_wrong" : "token_text");
  field.value = "";
  return new Promise((settle) => {
    const given = (event) => {
      event.preventDefault();
      token.set(field.value.trim());
      find("sign-out").hidden = false;
      dialog.close("given");
    };
    form.addEventListener("submit", given);
    dialog.addEventListener("close", () => {
      form.removeEventListener("submit", given);
      settle(dialog.returnValue === "given");
      dialog.returnValue = "";
    }, { once: true });
    if (!dialog.open) dialog.showModal();
    field.focus();
  });
}

function signOut() {
  token.forget();
  forgetCaller();
  openTab("answer");
  location.reload();
}

/** Press what is on the screen; without it the key does nothing. */
const press = (...ids) => () => {
  const button = ids.map(find).find((each) => each && !each.closest("[hidden]"));
  if (!button) return false;
  button.click();
  return true;
};

function walkCards(step) {
  const cards = [...document.querySelectorAll("#evidence .card")];
  if (!cards.length || find("panel-answer").hidden) return false;
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const to = at < 0 ? (step > 0 ? 0 : cards.length - 1) : (at + step + cards.length) % cards.length;
  cards[to].focus();
  return true;
}

function toLine() {
  input.focus();
  input.select();
}

const SHORTCUTS = [
  { keys: ["/"], key: "/", does: toLine, name: "key_line" },
  { keys: ["Alt", "Z"], alt: true, code: "KeyZ", does: toLine, name: "key_line" },
  { keys: ["Alt", "1 … 5"], name: "key_tabs" },
  ...TABS.map((name, place) => ({ alt: true, code: `Digit${place + 1}`, does: () => openTab(name, { focus: true }) })),
  { keys: ["Alt", "C"], alt: true, code: "KeyC", does: press("copy-mail", "copy-rule"), name: "copy_mail" },
  { keys: ["Alt", "M"], alt: true, code: "KeyM", does: press("open-mail", "open-rule"), name: "open_mail" },
  { keys: ["Alt", "X"], alt: true, code: "KeyX", does: press("mark-wrong"), name: "wrong" },
  { keys: ["Alt", "J"], alt: true, code: "KeyJ", does: () => walkCards(1), name: "key_next" },
  { keys: ["Alt", "K"], alt: true, code: "KeyK", does: () => walkCards(-1), name: "key_previous" },
  { keys: ["Alt", "N"], alt: true, code: "KeyN", does: newCaller, name: "new_caller" },
  { keys: ["?"], key: "?", does: openKeys, name: "keys" },
  { keys: ["Esc"], key: "Escape", always: true, does: leave, name: "key_escape" },
];

function newCaller() {
  openTab("answer");
  lookup.nextCaller();
}

function leave(event) {
  if (event.target === input) return false;
  toLine();
  return true;
}

function start() {
  onTokenWanted(askForToken);
  find("token-cancel").addEventListener("click", () => find("token-dialog").close("cancelled"));
  find("sign-out").hidden = !token.get();
  find("sign-out").addEventListener("click", signOut);
  for (const name of TABS) find(`tab-${name}`).addEventListener("click", () => openTab(name));
  document.querySelector("[role=tablist]").addEventListener("keydown", walkTabs);
  for (const name of ["online", "offline"]) window.addEventListener(name, () => { find("offline").hidden = navigator.onLine; });
  find("offline").hidden = navigator.onLine;
  listen(SHORTCUTS);
  lookup.start({
    toAnswer: () => openTab("answer"),
    openRule: (name, facts, told) => {
      openTab("rules");
      rules.open(name, facts, told);
    },
    wrong: () => markWrong(lookup.onScreen()),
    keep: () => {
      openTab("manage");
      manage.keepAnswer(lookup.onScreen());
    },
  });
  const wanted = location.hash.slice(1);
  loadPolicies()
    .catch((refusal) => {
      if (refusal.kind === undefined) throw refusal;
      tell(reason(refusal));
    })
    .finally(() => openTab(TABS.includes(wanted) ? wanted : "answer"));
  input.focus();
}

start();
