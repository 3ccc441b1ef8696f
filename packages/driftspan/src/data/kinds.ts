/** What a column can be counted as: two kinds by themselves, three by their parts. */
export type ColumnKind = 'numeric' | 'categorical' | 'text' | 'datetime' | 'embedding';

export const COLUMN_KINDS: readonly ColumnKind[] = ['numeric', 'categorical', 'text', 'datetime', 'embedding'];

export function isColumnKind(text: string): text is ColumnKind {
  return (COLUMN_KINDS as readonly string[]).includes(text);
}
