// Keyboard shortcuts, and the list of them.

import { element } from "../dom.js";
import { t } from "./words.js";

const KEPT_AS = "loket-helpdesk-single-keys";

const dialog = document.getElementById("keys");
const single = document.getElementById("single-keys");

const isTyping = (node) => Boolean(node?.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"));

function on(key) {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true;
  }
}

/**
 * Listen. `shortcuts`: {keys, code, alt, does, name}; `code` is the key's place on the board, so that Alt with a
 * letter works where Alt makes another letter; without `alt` it counts only outside fields, and can be turned off.
 */
export function listen(shortcuts) {
  single.checked = on(KEPT_AS);
  single.addEventListener("change", () => localStorage.setItem(KEPT_AS, single.checked ? "on" : "off"));
  document.getElementById("key-list").replaceChildren(
    ...shortcuts.filter(({ keys }) => keys).map(({ keys, name }) => element("div", {}, element("dt", {}, keys.map((key) => element("kbd", {}, key))), element("dd", {}, t(name)))),
  );
  document.getElementById("help").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const found = shortcuts.filter(({ does }) => does).find((each) =>
      each.alt ? event.altKey && !event.shiftKey && event.code === each.code : !event.altKey && event.key === each.key,
    );
    if (!found || (!found.alt && !found.always && (isTyping(event.target) || !single.checked))) return;
    if (found.does(event) === false) return;
    event.preventDefault();
  });
}

export const openKeys = () => dialog.showModal();
