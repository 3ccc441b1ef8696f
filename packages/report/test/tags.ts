/**
 * Every tag of a page, as a parser of well-formed markup reads them: an element's content ends at its own end tag. Throws where an end tag
 * is not that of the innermost open element, so that a name which opened or closed one would show.
 */
export function tagsOf(page: string): readonly { readonly name: string; readonly attributes: readonly string[] }[] {
  const tags: { name: string; attributes: string[] }[] = [];
  const open: string[] = [];
  const withoutStyle = page.replace(/<style>[\s\S]*?<\/style>/, '');
  for (const [whole, closing, name, rest] of withoutStyle.matchAll(
    /<(\/?)([a-zA-Z!][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:=(?:"[^"<]*"|[a-z]+))?)*)\s*\/?>|</g,
  )) {
    if (name === undefined) throw new Error(`a bare < in ${JSON.stringify(withoutStyle.slice(0, 80))}`);
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    tags.push({
      name,
      attributes: [...rest!.matchAll(/\s+([a-zA-Z:-]+)(?:="[^"]*"|=[a-z]+)?/g)].map(([, attribute]) => attribute!),
    });
    if (!whole.endsWith('/>') && !VOID.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  return tags;
}

const VOID: ReadonlySet<string> = new Set(['!doctype', 'meta', 'input', 'br']);
