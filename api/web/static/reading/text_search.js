// Finds words in the text on the page, without asking the server and without changing the page.

const BLOCKS = "p, li, td, h2, h3, h4, h5, h6";

// One character for one, so that a place in the folded text is a place in the text.
const plain = (character) => character.normalize("NFD")[0].toLowerCase()[0];

/** `text` without case and accents, of the same length; every white space is a space. */
export function folded(text) {
  return text.replace(/\s/g, " ").replace(/[^\x20-\x7e]|[A-Z]/g, (character) => plain(character) ?? character);
}

function piecesOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".page-start, .anchor, .visually-hidden") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const pieces = [];
  let start = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    pieces.push({ node, start });
    start += node.length;
  }
  return pieces;
}

function place(pieces, at) {
  const piece = pieces.findLast(({ start }) => start <= at);
  return [piece.node, at - piece.start];
}

/** A search over the blocks of text under `root`: called with words, it gives their ranges in reading order. */
export function searchOver(root) {
  const blocks = [...root.querySelectorAll(BLOCKS)].map((block) => {
    const pieces = piecesOf(block);
    return { pieces, text: folded(pieces.map(({ node }) => node.data).join("")) };
  });
  return (words) => {
    const wanted = folded(words.trim()).replace(/ +/g, " ");
    if (!wanted) return [];
    return blocks.flatMap(({ pieces, text }) => {
      const found = [];
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        const range = new Range();
        range.setStart(...place(pieces, at));
        const [node, last] = place(pieces, at + wanted.length - 1);
        range.setEnd(node, last + 1);
        found.push(range);
      }
      return found;
    });
  };
}
