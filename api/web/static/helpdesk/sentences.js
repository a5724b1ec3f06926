// Which words of two sentences differ.

/** [[word, differs]...] of both sentences, by their longest common run of words. */
export function compareWords(old, fresh) {
  const [left, right] = [old, fresh].map((text) => text.split(/(?<=\s)/));
  const common = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      common[i][j] = left[i].trim() === right[j].trim() ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const told = { old: [], new: [] };
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i].trim() === right[j].trim()) {
      told.old.push([left[i++], false]);
      told.new.push([right[j++], false]);
    } else if (j >= right.length || (i < left.length && common[i + 1][j] >= common[i][j + 1])) told.old.push([left[i++], true]);
    else told.new.push([right[j++], true]);
  }
  return told;
}
