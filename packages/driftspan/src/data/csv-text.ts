/** What may stand between cells; of equals the first is taken. */
const DELIMITERS = [',', '\t', ';', '|'];

/** Cells of the records in a text, quotes as in RFC 4180; the last record may be cut off. */
export function csvRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    record.push(cell);
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (text.startsWith(delimiter, i)) {
      endCell();
      i += delimiter.length - 1;
    } else if (char === '\n') {
      endCell();
      records.push(record);
      record = [];
    } else cell += char;
  }
  endCell();
  records.push(record);
  return records;
}

/**
 * The delimiter under which most records of a sample have as many cells as the header, and that is more than one; of equals the one that
 * makes the most cells. A file of one column has a comma.
 */
export function sniffedDelimiter(sample: string): string {
  let best = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    const records = csvRecords(sample, delimiter).filter(record => record.length > 1 || record[0] !== '');
    const width = records[0]?.length ?? 0;
    if (width < 2) continue;
    const share = records.filter(record => record.length === width).length / records.length;
    if (share > best.share || (share === best.share && width > best.width)) best = { delimiter, share, width };
  }
  return best.delimiter;
}
