/** A name as a shell takes it. */
export function shellWord(name: string): string {
  return /^[\w.@%+:/-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
