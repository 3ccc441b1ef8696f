// Short reviews with the punctuation that people write, and the same without it.

const WORDS =
  `the a it and was is to of in my for with not this but very i you so they flight late again no seat crew time
we on at had have be good bad delay bag gate staff never always food water fine great awful boarding hours plane left early
arrived kind rude clean dirty legroom window aisle people nothing something worked broken screen charger coffee cold warm
upgrade refund ticket price cheap worth money trip home holiday family kids asleep landing smooth bumpy weather storm queue
security airport lounge pilot told us smiled waited missed connection rebooked hotel voucher email answer phone app check`
    .split(/\s+/)
    .filter(Boolean);
const ENDS = ['.', '.', '.', '!', '?', '...', '!!'];

/**
 * One to three sentences of four to eleven words. The word of rank r comes about as often as 1 / r: a word is taken at
 * `length^u - 1`, u uniform. A comma follows a word in 12 %, an apostrophe is in 4 %; a sentence ends in one of `ENDS`.
 *
 * @param {import('./random.js').Random} random
 */
export function sentences(random) {
  const texts = [];
  for (let s = 1 + random.below(3); s > 0; s--) {
    const words = [];
    for (let w = 4 + random.below(8); w > 0; w--) {
      const word = WORDS[Math.min(Math.floor(WORDS.length ** random.uniform()) - 1, WORDS.length - 1)];
      const owned = random.uniform() < 0.04 ? `${word}'s` : word;
      words.push(random.uniform() < 0.12 && w > 1 ? `${owned},` : owned);
    }
    texts.push(words.join(' ') + ENDS[random.below(ENDS.length)]);
  }
  return texts.join(' ');
}

/** The upstream step of the story: what is neither letter, digit nor space is gone; the words stay. */
export function stripPunctuation(text) {
  return text.replace(/[^\p{L}\p{N} ]/gu, '');
}
