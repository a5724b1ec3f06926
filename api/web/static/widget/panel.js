// The launcher and the panel with the conversation.

import { element, fill } from "../dom.js";
import { askService, Failure, readFailure } from "../stream.js";
import { answerTurn, askedTurn, comingTurn, failedTurn, spokenAnswer } from "./answer.js";
import { holdsBsn } from "./bsn.js";
import { drawing } from "./feedback.js";
import { keep, recall } from "./kept.js";

const SHOW_LEFT_BELOW = 200;
const LONGEST_QUESTION = 1000;
const NARROW = "(max-width: 30rem), (max-height: 30rem)";
const SHOWN_AFTER_MS = 1000;
const LOW = "(max-height: 30rem)";
const MAIL_DRAFT = {
  nl: { subject: "Vraag zorginkoop - AGB-code [uw AGB-code]", body: "Geachte heer, mevrouw,\n\n[Uw vraag]\n\nAGB-code: [uw AGB-code]\n\nMet vriendelijke groet,\n" },
  en: { subject: "Procurement question - AGB code [your AGB code]", body: "Dear Sir or Madam,\n\n[Your question]\n\nAGB code: [your AGB code]\n\nKind regards,\n" },
};
const SPEECH = "M21 11.500a8.400 8.400 0 0 1-12 7.600L3 21l1.900-6a8.400 8.400 0 1 1 16.100-3.500z";
const CROSS = "M6 6l12 12M18 6L6 18";
const AROUND = "M3 12a9 9 0 1 0 3-6.700L3 8m0-5v5h5";
const ARROW = "M5 12h14m-6-6 6 6-6 6";

/** The widget within its shadow root. `options`: server, insurer, year, care, language. */
export class Panel {
  #root;
  #options;
  #name;
  #kept;
  #start = null;
  #starting = null;
  #busy = false;
  #parts = {};
  #listening = new AbortController();

  constructor(root, options, emit) {
    this.#root = root;
    this.#options = options;
    this.emit = emit;
    this.#name = `loket:${options.server}:${options.insurer || ""}`;
    this.#kept = recall(this.#name);
    this.#kept.pinned ??= this.#pageScope();
    this.language = this.#kept.language || options.language;
    this.#build();
    const { signal } = this.#listening;
    for (const name of ["online", "offline"]) window.addEventListener(name, () => this.#showOffline(), { signal });
    matchMedia(NARROW).addEventListener("change", () => this.#showModal(), { signal });
    if (this.#kept.open ?? options.isOpen) this.open({ focus: false });
  }

  /** What the panel says, in its language. */
  get strings() {
    return STRINGS[this.language];
  }

  get isOpen() {
    return !this.#parts.panel.hidden;
  }

  open({ focus = true } = {}) {
    const { launcher, panel, input, title } = this.#parts;
    const wasOpen = this.isOpen;
    panel.hidden = false;
    launcher.hidden = true;
    this.#showModal();
    this.#keep({ open: true });
    this.#begin();
    // Zoomed in so far that the input is out of sight, what this is comes first.
    if (focus) (matchMedia(LOW).matches ? title : input).focus();
    if (!wasOpen) this.emit("loket-open");
  }

  close() {
    const { launcher, panel } = this.#parts;
    panel.hidden = true;
    launcher.hidden = false;
    this.#keep({ open: false });
    launcher.focus();
    this.emit("loket-close");
  }

  /** Stop listening to the page, which the element has left. */
  leave() {
    this.#listening.abort();
  }

  /** Ask a question as if it was typed. */
  async ask(question, { shown = question, scope = null, chosen = null, isNew = false } = {}) {
    const { input, log, thread, suggestions } = this.#parts;
    if (this.#busy) return;
    if (holdsBsn(question)) {
      if (!input.value) input.value = question;
      this.#warn(this.strings.bsn);
      input.focus();
      return;
    }
    this.#warn("");
    this.#setBusy(true);
    const hadFocus = Boolean(this.#root.activeElement);
    this.#showTurnsAsRead();
    this.#dropFailed();
    suggestions.hidden = true;
    // What was pressed is gone: the conversation takes the focus, which opens no keyboard on a phone.
    if (hadFocus && !this.#root.activeElement?.checkVisibility()) log.focus({ preventScroll: true });
    const asked = askedTurn(shown, chosen, this.strings);
    const coming = comingTurn(this.strings);
    thread.append(asked, coming.turn);
    this.#scrollTo(asked);
    this.#say(this.strings.busy);
    try {
      const answer = await askService(this.#options.server, this.#body(question, scope, isNew), coming.hear);
      this.#kept.id = answer.conversation_id;
      const turn = { question, shown, chosen, answer };
      this.#kept.turns.push(turn);
      this.#keep();
      coming.turn.replaceWith(this.#answer(turn, true));
      this.#scrollTo(asked);
      this.#say(spokenAnswer(answer, this.strings));
      this.emit("loket-answer", { status: answer.status });
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      this.#showFailure(failure, asked, coming.turn, () => this.ask(question, { shown, scope, chosen, isNew }), shown);
    } finally {
      this.#setBusy(false);
      this.#countLeft();
    }
  }

  #showFailure(failure, asked, coming, again, shown) {
    const { input } = this.#parts;
    if (!input.value) input.value = shown; // nobody should have to type a question twice
    const failed = failedTurn(failure, this.strings, () => {
      failed.turn.remove();
      asked.remove();
      if (input.value === shown) input.value = "";
      input.focus();
      again();
    });
    coming.replaceWith(failed.turn);
    this.#say(failed.told);
  }

  #body(question, scope, isNew) {
    const said = { ...this.#kept.pinned, ...scope };
    if (this.#options.insurer) delete said.insurer;
    const named = Object.entries(said).filter(([name, value]) => ["insurer", "year", "care"].includes(name) && value);
    return {
      question,
      conversation_id: isNew ? null : this.#kept.id,
      scope: named.length ? Object.fromEntries(named) : null,
      language: this.language === "en" ? "en" : null,
      ...(this.#options.insurer ? { only_insurer: this.#options.insurer } : {}),
    };
  }

  #pageScope() {
    const { year, care } = this.#options;
    return { ...(year ? { year } : {}), ...(care ? { care } : {}) };
  }

  #shown() {
    const { server, care } = this.#options;
    const contact = this.#start?.contact;
    const { subject, body } = MAIL_DRAFT[this.language];
    const handoff = contact ? { email: contact.email, subject: [subject, care].filter(Boolean).join(" - "), body } : null;
    return { server, strings: this.strings, language: this.language, locked: Boolean(this.#options.insurer), policies: this.#start?.policies || [], handoff };
  }

  #answer(turn, isLast) {
    const talk = { pinned: this.#kept.pinned, conversationId: this.#kept.id, say: (text, isShown) => this.#say(text, isShown) };
    return answerTurn(turn, this.#shown(), isLast ? this.#acts(turn) : null, talk);
  }

  /** What can be done with the last answer. */
  #acts(turn) {
    const restated = (ask, words) => {
      const whole = `${turn.question} ${ask} ${words}.`;
      return whole.length > LONGEST_QUESTION ? `${ask} ${words}.` : whole;
    };
    const tell = (ask, words) => this.ask(restated(ask, words), { shown: `${ask} ${words}` });
    return {
      ask: (text) => this.ask(text),
      tell,
      choose: (option, question) => {
        if (this.#busy) return false;
        if (!Object.keys(option.scope || {}).length) tell(question, option.label);
        else {
          this.#kept.pinned = { ...this.#kept.pinned, ...option.scope };
          this.ask(turn.question, { shown: turn.shown, chosen: option.label });
        }
        return true;
      },
      askWith: (changes) => {
        if (this.#busy) return;
        // What was concluded before must not come back by the conversation: this is a question of its own.
        const scope = turn.answer.scope || {};
        const kept = Object.fromEntries(["insurer", "year", "care"].filter((name) => scope[name]).map((name) => [name, scope[name]]));
        this.#kept.pinned = Object.fromEntries(Object.entries({ ...kept, ...changes }).filter(([, value]) => value));
        this.ask(turn.question, { shown: turn.shown, isNew: true });
      },
      edit: () => {
        this.#parts.input.value = turn.shown;
        this.#countLeft();
        this.#parts.input.focus();
      },
    };
  }

  /** Earlier answers lose what only the last one offers. */
  #showTurnsAsRead() {
    const last = this.#parts.thread.querySelector(".answer:last-child");
    const turn = this.#kept.turns.at(-1);
    if (last && turn && !last.classList.contains("coming")) last.replaceWith(this.#answer(turn, false));
  }

  /** What failed was put back to be asked again; it need not be read for ever. */
  #dropFailed() {
    for (const failed of this.#parts.thread.querySelectorAll(".failed")) {
      failed.previousElementSibling.remove();
      failed.remove();
    }
  }

  startAgain() {
    if (this.#busy) return;
    const { thread, suggestions, input } = this.#parts;
    if (this.#kept.id) {
      fetch(`${this.#options.server}/v1/conversations/${encodeURIComponent(this.#kept.id)}`, { method: "DELETE", credentials: "omit" }).catch(() => {});
    }
    this.#keep({ id: null, turns: [], pinned: this.#pageScope() });
    thread.replaceChildren();
    suggestions.hidden = false;
    input.value = "";
    this.#warn("");
    this.#countLeft();
    input.focus();
    this.#say(this.strings.restarted);
  }

  #keep(changes = {}) {
    Object.assign(this.#kept, changes);
    keep(this.#name, this.#kept);
  }

  /** Ask the server for whom this speaks and what can be asked; once, at the first opening. */
  #begin() {
    if (this.#starting) return;
    const { panel } = this.#parts;
    const shown = () => panel.classList.remove("starting");
    panel.classList.add("starting");
    setTimeout(shown, SHOWN_AFTER_MS);
    this.#starting = this.#load().finally(() => {
      shown();
      if (!this.#start) this.#starting = null; // tried again at the next opening
    });
  }

  async #load() {
    const { server, insurer, year, care } = this.#options;
    const query = new URLSearchParams({ lang: this.language });
    for (const [name, value] of Object.entries({ insurer, year, care })) if (value) query.set(name, value);
    try {
      const response = await fetch(`${server}/v1/widget?${query}`, { credentials: "omit" });
      if (!response.ok) throw await readFailure(response);
      this.#start = await response.json();
      this.#showStart();
    } catch (failure) {
      if (failure?.name === "unknown-insurer") this.#showClosed(this.strings.closed_insurer);
      else if (failure?.name === "origin-not-allowed") this.#showClosed(this.strings.closed_origin);
    }
  }

  #showStart() {
    const { subtitle, contact, foot, suggestions, thread } = this.#parts;
    const { strings } = this;
    const { insurer, contact: mailbox } = this.#start;
    if (insurer) subtitle.textContent = fill(strings.subtitle_of, { insurer });
    const mail = () => element("a", { href: `mailto:${mailbox.email}` }, fill(strings.person_mail, { email: mailbox.email }));
    contact.replaceChildren(`${strings.person} `, mailbox ? mail() : strings.person_none);
    foot.replaceChildren(...[mailbox ? element("a", { href: `mailto:${mailbox.email}` }, strings.person_short) : null].filter(Boolean), element("span", {}, strings.footer));
    const buttons = this.#start.suggestions.map((text) => element("li", {}, element("button", { class: "choice", type: "button", click: () => this.ask(text) }, text)));
    suggestions.querySelector("ul").replaceChildren(...buttons);
    suggestions.querySelector("h3").hidden = !buttons.length;
    const last = this.#kept.turns.at(-1);
    const made = thread.querySelector(".answer:last-child");
    // Now that the policies are known, the last answer offers them.
    if (last && made && !this.#busy && !made.contains(this.#root.activeElement)) made.replaceWith(this.#answer(last, true));
  }

  #showClosed(told) {
    const { composer, suggestions, closed } = this.#parts;
    const hadFocus = composer.contains(this.#root.activeElement);
    composer.hidden = true;
    suggestions.hidden = true;
    closed.replaceChildren(element("h3", {}, this.strings.closed_title), element("p", {}, told));
    closed.hidden = false;
    if (hadFocus) closed.focus();
  }

  #build() {
    const { strings } = this;
    const parts = { ...this.#frame(), ...this.#composer() };
    parts.thread = element("ol", { class: "thread", "aria-label": strings.conversation });
    parts.contact = element("p", { class: "contact" }, `${strings.person} ${strings.person_none}`);
    parts.suggestions = element("div", { class: "suggestions" }, element("p", { class: "welcome" }, strings.welcome), element("h3", { hidden: true }, strings.suggestions), element("ul"));
    parts.closed = element("div", { class: "failed", tabindex: "-1", hidden: true });
    parts.foot = element("p", { class: "foot" }, element("span", {}, strings.footer));
    const about = element("div", { class: "about" }, element("p", {}, element("strong", {}, strings.disclosure_title), ` ${strings.disclosure}`), parts.contact);
    parts.log = element("div", { class: "log", role: "region", "aria-label": strings.conversation, tabindex: "0" }, about, parts.suggestions, parts.thread, parts.closed);
    parts.live = element("p", { class: "hidden", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    parts.toast = element("p", { class: "toast", "aria-hidden": "true", hidden: true });
    parts.panel.append(parts.head, parts.log, parts.composer, parts.foot, parts.toast);
    this.#parts = parts;
    const closed = element("aside", { "aria-label": strings.title }, parts.launcher);
    this.#root.replaceChildren(closed, parts.panel, parts.live);
    this.#restore();
    this.#showOffline();
  }

  #frame() {
    const { strings } = this;
    const other = this.language === "en" ? "nl" : "en";
    const button = (label, path, click) => element("button", { class: "icon", type: "button", "aria-label": label, title: label, click }, drawing(path));
    const title = element("h2", { id: "title", tabindex: "-1" }, strings.title);
    const subtitle = element("p", {}, strings.subtitle);
    const head = element(
      "div",
      { class: "head" },
      element("div", { class: "head-text" }, title, subtitle),
      element("button", { class: "icon language", type: "button", lang: other, "aria-label": strings.other_language_name, title: strings.other_language_name, click: () => this.#speak(other) }, other.toUpperCase()),
      button(strings.restart, AROUND, () => this.startAgain()),
      button(strings.close, CROSS, () => this.close()),
    );
    const launcher = element("button", { class: "launcher", type: "button", lang: this.language, "aria-haspopup": "dialog", click: () => this.open() }, drawing(SPEECH), element("span", {}, strings.launcher));
    const panel = element("section", { class: "panel", role: "dialog", "aria-labelledby": "title", lang: this.language, hidden: true });
    panel.addEventListener("keydown", (event) => this.#onKey(event));
    return { head, title, subtitle, launcher, panel };
  }

  #composer() {
    const { strings } = this;
    const input = element("textarea", { id: "question", rows: 2, maxlength: LONGEST_QUESTION, "aria-describedby": "warning hint left", autocomplete: "off", enterkeyhint: "send" });
    const send = element("button", { class: "send", type: "submit", "aria-label": strings.send, title: strings.send }, drawing(ARROW));
    const warning = element("p", { class: "warning", id: "warning", hidden: true });
    const offline = element("p", { class: "warning", hidden: true }, strings.offline);
    const left = element("span", { id: "left" });
    const submit = (event) => {
      event?.preventDefault();
      const question = input.value.trim();
      if (!question || this.#busy) return;
      if (!holdsBsn(question)) input.value = "";
      this.#countLeft();
      this.ask(question);
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
    });
    input.addEventListener("input", () => {
      this.#countLeft();
      if (!warning.hidden && !holdsBsn(input.value)) this.#warn("");
    });
    const composer = element(
      "form",
      { class: "composer", submit },
      offline,
      warning,
      element("label", { for: "question" }, strings.label),
      element("div", { class: "ask-row" }, input, send),
      element("p", { class: "hint" }, element("span", { id: "hint" }, strings.hint), left),
    );
    return { composer, input, send, warning, offline, left };
  }

  #onKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
    if (event.key !== "Tab" || !matchMedia(NARROW).matches) return;
    // The panel covers the page: the focus stays where it can be seen.
    const can = [...this.#parts.panel.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((each) => !each.disabled && each.checkVisibility());
    const [first, last] = [can[0], can.at(-1)];
    const at = this.#root.activeElement;
    if (event.shiftKey ? at === first || !can.includes(at) : at === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  #speak(language) {
    if (this.#busy) return;
    this.language = language;
    this.#keep({ language });
    const text = this.#parts.input.value;
    this.#build();
    this.#parts.input.value = text;
    this.#start = null;
    this.#starting = null;
    this.open({ focus: false });
    this.#parts.head.querySelector(".language").focus();
  }

  #restore() {
    const { turns } = this.#kept;
    const { thread, suggestions } = this.#parts;
    try {
      turns.forEach((turn, place) => thread.append(askedTurn(turn.shown, turn.chosen, this.strings), this.#answer(turn, place === turns.length - 1)));
    } catch {
      thread.replaceChildren(); // from another version of the widget
      this.#keep({ id: null, turns: [] });
    }
    suggestions.hidden = this.#kept.turns.length > 0;
  }

  #showModal() {
    const { panel } = this.#parts;
    if (this.isOpen && matchMedia(NARROW).matches) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
  }

  #showOffline() {
    this.#parts.offline.hidden = navigator.onLine;
    if (navigator.onLine && this.isOpen) this.#begin();
  }

  #warn(text) {
    const { warning, input } = this.#parts;
    warning.textContent = text;
    warning.hidden = !text;
    if (text) {
      input.setAttribute("aria-invalid", "true");
      this.#say(text);
    } else input.removeAttribute("aria-invalid");
  }

  #setBusy(now) {
    this.#busy = now;
    this.#parts.send.setAttribute("aria-disabled", String(now));
  }

  #countLeft() {
    const { input, left } = this.#parts;
    const count = LONGEST_QUESTION - input.value.length;
    left.textContent = count < SHOW_LEFT_BELOW ? fill(this.strings.left, { count }) : "";
  }

  /** Speak, and where `isShown` tell it for a moment to who looks. */
  #say(text, isShown = false) {
    const { live, toast } = this.#parts;
    live.textContent = "";
    // A fresh text on a later tick, so that the same sentence twice is spoken twice.
    setTimeout(() => { live.textContent = text; }, 50);
    if (!isShown) return;
    toast.textContent = text;
    toast.hidden = false;
    setTimeout(() => { toast.hidden = true; }, 4000);
  }

  #scrollTo(turn) {
    const { log, panel } = this.#parts;
    const scrolled = matchMedia(LOW).matches ? panel : log;
    const top = turn.getBoundingClientRect().top - scrolled.getBoundingClientRect().top + scrolled.scrollTop - 12;
    scrolled.scrollTo({ top, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }
}
