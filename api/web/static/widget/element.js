// <loket-chat>, and the one that the script tag itself stands for.

import { Panel } from "./panel.js";

const WIDE = "(min-width: 64rem)";
const ATTRIBUTES = ["insurer", "care", "year", "lang", "server", "open", "theme"];

class LoketChat extends HTMLElement {
  #panel = null;

  connectedCallback() {
    if (this.#panel) return; // moved to another place in the page
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    this.#panel = new Panel(root, this.#options(), (name, detail) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })));
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#panel?.leave();
      this.#panel = null;
    });
  }

  open() {
    this.#panel?.open();
  }

  close() {
    this.#panel?.close();
  }

  /** Open the panel and ask `question`. */
  ask(question) {
    this.#panel?.open();
    return this.#panel?.ask(String(question));
  }

  #options() {
    const said = (name) => (this.getAttribute(name) ?? this.getAttribute(`data-${name}`) ?? "").trim();
    const server = said("server") || (SCRIPT?.src ? new URL(SCRIPT.src).origin : "");
    const spoken = (said("lang") || document.documentElement.lang || "nl").toLowerCase();
    const opens = this.getAttribute("open") ?? this.getAttribute("data-open");
    return {
      server: server.replace(/\/+$/, ""),
      insurer: said("insurer") || null,
      care: said("care") || null,
      year: Number(said("year")) || null,
      language: spoken.startsWith("en") ? "en" : "nl",
      isOpen: opens !== null && (opens !== "wide" || matchMedia(WIDE).matches),
    };
  }
}

/** The script tag makes the element where the page has none of its own. */
function standIn() {
  if (!SCRIPT || document.querySelector("loket-chat")) return;
  const made = document.createElement("loket-chat");
  for (const name of ATTRIBUTES) {
    const value = SCRIPT.dataset[name];
    if (value !== undefined) made.setAttribute(name, value);
  }
  document.body.append(made);
}

if (!customElements.get("loket-chat")) customElements.define("loket-chat", LoketChat);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", standIn);
else standIn();
