// The policy's own words on the screen: what ingest kept as rows of a table is shown as a table.

import { element } from "../dom.js";

function marked(text, quote) {
  const place = quote ? text.indexOf(quote) : -1;
  if (place < 0) return quote?.includes(text) ? [element("mark", {}, text)] : [text];
  return [text.slice(0, place), element("mark", {}, quote), text.slice(place + quote.length)];
}

function table(lines, quote) {
  return element(
    "table",
    { class: "policy-table" },
    element("tbody", {}, lines.map((line) =>
      element("tr", {}, line.split("\t").map((cell) => element("td", {}, quote?.includes(line) ? element("mark", {}, cell) : cell))))),
  );
}

/** `text` as paragraphs and tables; `quote` is marked in it. `as` is the element that holds them. */
export function policyWords(text, { quote = null, as = "div" } = {}) {
  const parts = [];
  for (const line of text.split("\n")) {
    const isRow = line.includes("\t");
    const last = parts.at(-1);
    if (last && last.isRow === isRow) last.lines.push(line);
    else parts.push({ isRow, lines: [line] });
  }
  const nodes = parts
    .map(({ isRow, lines }) => ({ isRow, lines, words: lines.join("\n").trim() }))
    .filter(({ words }) => words)
    .map(({ isRow, lines, words }) => (isRow ? table(lines, quote) : element("p", {}, marked(words, quote))));
  return element(as, { class: "policy-words", lang: "nl" }, nodes);
}
