// Building blocks for the page. Everything that comes from outside becomes a text node, never markup.

/** An element with properties, attributes and children; strings become text nodes, null is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** `text` with its {names} filled in. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

const ITEM = /^\s*(?:[-*•]|\d{1,2}[.)])\s+(?=\S)/;
const INLINE = /\*\*([^*]+)\*\*|\[(\d{1,3})\]|\\([!-/:-@[-`{-~])/g;

function inline(text, mark) {
  const nodes = [];
  let place = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > place) nodes.push(text.slice(place, match.index));
    if (match[1] !== undefined) nodes.push(element("strong", {}, match[1]));
    else if (match[2] !== undefined) nodes.push(mark(Number(match[2])));
    else nodes.push(match[3]);
    place = match.index + match[0].length;
  }
  if (place < text.length) nodes.push(text.slice(place));
  return nodes;
}

/**
 * The Markdown of answers as nodes: paragraphs, lists, bold and [1] marks.
 * `mark` makes the node for a mark. Anything else stays as it is typed.
 */
export function markdown(text, mark) {
  const blocks = [];
  for (const chunk of text.trim().split(/\n\s*\n/)) {
    const plain = [];
    const items = [];
    let list = "ul";
    for (const line of chunk.split("\n")) {
      const bullet = line.match(ITEM);
      if (bullet) {
        list = /^\s*\d/.test(line) ? "ol" : "ul";
        items.push(line.slice(bullet[0].length));
      } else if (items.length) items[items.length - 1] += ` ${line.trim()}`;
      else plain.push(line.trim());
    }
    if (plain.some(Boolean)) blocks.push(element("p", {}, inline(plain.join(" "), mark)));
    if (items.length) blocks.push(element(list, {}, items.map((item) => element("li", {}, inline(item, mark)))));
  }
  return blocks;
}
