/**
 * Whether a text is Unicode: no half of a surrogate pair stands alone. One that isn't has no UTF-8 form, so an exporter would
 * change it; it can't be a name, and as a category it counts as `_OTHER`.
 */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
