/** What a baseline may hold at most; the file is untrusted input, so every bound is checked before the work it bounds. */

/** UTF-8 bytes, and UTF-16 units, of a file. A thousand numeric features take about 1 MB. */
export const MAX_BASELINE_BYTES = 16_000_000;
/** Learning cuts at most 16; a file made elsewhere may have more. */
export const MAX_FEATURE_BINS = 128;
/** Longer categories are text; they count as `_OTHER`. */
export const MAX_CATEGORY_LENGTH = 256;
/** Below this the bounds are noise and rows could be guessed from counts. */
export const MIN_BASELINE_ROWS = 1000;
/** A category seen less often might name a person; it counts as `_OTHER`. */
export const MIN_CATEGORY_ROWS = 10;
/** A bin of a sensitive number with fewer would tell between which two cuts the values of so few lie. */
export const MIN_SENSITIVE_BIN = 10;
/** Of `provenance.source`: a note for a person, not a log. */
export const MAX_SOURCE_LENGTH = 1024;
