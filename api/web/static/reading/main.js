// The reading view with script: search within, the current section in the contents, links to copy.

import { fill } from "../dom.js";
import { searchOver } from "./text_search.js";

const SETTLED_MS = 120;
const TOLD_MS = 4000;
const BELOW_TOP = 140;

const [form, input, hits, previous, next, told] = ["search", "wanted", "hits", "previous", "next", "told"].map((id) =>
  document.getElementById(id),
);
const words = JSON.parse(form.dataset.told);
const text = document.querySelector(".policy-text");
const marks = globalThis.CSS?.highlights;

let find = null;
let found = [];
let at = -1;

function show(range) {
  const node = range.startContainer.parentElement;
  node.closest("details")?.setAttribute("open", "");
  const box = range.getBoundingClientRect();
  if (box.top < BELOW_TOP || box.bottom > innerHeight - 40) scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
  if (!marks) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  marks?.set("found-now", new Highlight(range));
}

function step(by) {
  if (!found.length) return;
  at = (at + by + found.length) % found.length;
  hits.textContent = fill(words.count, { now: at + 1, count: found.length });
  show(found[at]);
}

function look() {
  find ??= searchOver(text);
  found = find(input.value);
  at = -1;
  for (const button of [previous, next]) button.disabled = !found.length;
  marks?.delete("found-now");
  marks?.set("found", new Highlight(...found));
  hits.textContent = input.value.trim() && !found.length ? words.none : "";
  if (!found.length) return;
  // The first one from where the reader is.
  at = Math.max(0, found.findIndex((range) => range.getBoundingClientRect().top >= 0)) - 1;
  step(1);
}

function prepareSearch() {
  let settle = 0;
  input.addEventListener("input", () => {
    clearTimeout(settle);
    settle = setTimeout(look, SETTLED_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      step(-1);
    }
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      look();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  previous.addEventListener("click", () => step(-1));
}

function followSections() {
  const contents = document.querySelector(".contents");
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  let current = null;
  let asked = false;
  const mark = () => {
    asked = false;
    const heading = headings.findLast((each) => each.getBoundingClientRect().top < BELOW_TOP) ?? headings[0];
    const link = heading && (links.get(heading.id) ?? links.get(encodeURIComponent(heading.id)));
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    current = link;
    if (contents.contains(document.activeElement)) return; // never move what a reader is choosing from
    const list = link.closest("ul");
    for (const frame of [contents, list]) {
      if (frame.scrollHeight > frame.clientHeight) {
        frame.scrollTop += link.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 2;
      }
    }
  };
  document.addEventListener("scroll", () => {
    if (!asked) requestAnimationFrame(mark);
    asked = true;
  }, { passive: true });
  mark();
}

let hide = 0;

function tell(text) {
  told.textContent = text;
  clearTimeout(hide);
  hide = setTimeout(() => { told.textContent = ""; }, TOLD_MS);
}

async function copyLink(event) {
  const link = event.target.closest(".passage-link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    tell(words.copied);
  } catch {
    history.replaceState(null, "", link.href);
    tell(words.not_copied);
  }
}

prepareSearch();
followSections();
text.addEventListener("click", copyLink);
