/** Whether a column is one of those named, of which a `*` stands for any characters. */
export function columnMatcher(names: readonly string[] = []): (column: string) => boolean {
  const patterns = names.map(name => new RegExp(`^${name.split('*').map(escaped).join('.*')}$`, 's'));
  return column => patterns.some(pattern => pattern.test(column));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
