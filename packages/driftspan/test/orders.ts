/** Rows of a made-up shop: enough for a baseline, and small enough to be written out. */
export interface Order {
  readonly placed: string;
  readonly amount: number | null;
  readonly country: string;
  readonly quantity: number;
  readonly answer: string;
}

const COUNTRIES = ['DE', 'FR', 'NL', 'AT'];
const MINUTE_MS = 60_000;

/** Amounts from 0 to 99.9, spread evenly; every 50th is missing. Minutes of 2026, one an order. */
export function orders(rows: number, change: (order: Order, row: number) => Partial<Order> = () => ({})): Order[] {
  return Array.from({ length: rows }, (_, i) => {
    const order: Order = {
      placed: new Date(Date.UTC(2026, 0, 1) + i * MINUTE_MS).toISOString(),
      amount: i % 50 === 49 ? null : ((i * 617) % 1000) / 10,
      country: COUNTRIES[(i * 7) % COUNTRIES.length]!,
      quantity: 1 + ((i * 389) % 9),
      answer: (i * 11) % 10 < 3 ? 'review' : 'pass',
    };
    return { ...order, ...change(order, i) };
  });
}

export function jsonLines(rows: readonly object[]): string {
  return rows.map(row => `${JSON.stringify(row)}\n`).join('');
}

export function csv(rows: readonly object[], delimiter = ','): string {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]) => `${cells.map(cell => cell ?? '').join(delimiter)}\n`;
  return line(names) + rows.map(row => line(Object.values(row))).join('');
}
