/** More mistakes than this, or than a third of the word, and it is another word. */
const MOST_EDITS = 3;

/**
 * The name that was probably meant: the one within the fewest edits (a character left out, put in, changed, or two turned round), letters
 * in whatever case. undefined where none is near. Cost: length × length a name.
 */
export function nearest(met: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.min(MOST_EDITS, Math.floor(met.length / 3)) + 1;
  for (const name of names) {
    // Edits are at least the difference in length.
    if (Math.abs(name.length - met.length) >= fewest) continue;
    const edits = editDistance(met.toLowerCase(), name.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = name;
    }
  }
  return best;
}

/** Optimal string alignment: Damerau and Levenshtein's distance where no stretch is edited twice. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
