// How numbers and tables are written on the pages.

const significant = x => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

/** Nanoseconds for reading: '7.2 ns', '762 ns', '1.06 µs', '3.20 ms', '1.50 s'. */
export function ns(x) {
  const size = Math.abs(x);
  if (size < 10) return `${x.toFixed(1)} ns`;
  if (size < 1e3) return `${x.toFixed(0)} ns`;
  if (size < 1e6) return `${(x / 1e3).toFixed(size < 1e5 ? 2 : 0)} µs`;
  if (size < 1e9) return `${(x / 1e6).toFixed(size < 1e8 ? 2 : 0)} ms`;
  return `${(x / 1e9).toFixed(2)} s`;
}

/** Bytes for reading, in powers of 1,000: '409 B', '1.25 kB', '3.10 MB'. */
export function bytesText(x) {
  const size = Math.abs(x);
  if (size < 1e3) return `${x.toFixed(0)} B`;
  const [unit, name] = size < 1e6 ? [1e3, 'kB'] : size < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${x < 0 ? '-' : ''}${significant(size / unit)} ${name}`;
}

/** Of 'v20.20.2' 20. */
export const nodeMajor = version => Number(version.slice(1).split('.')[0]);

/** On what something was measured: 'Node 20, OpenTelemetry 2.x'. */
export const lineTitle = ({ node, line }) => `Node ${nodeMajor(node)}, OpenTelemetry ${line}.x`;

/** A ratio: '0.30 ×', '31 ×'. */
export const times = x => `${Math.abs(x) < 10 ? x.toFixed(2) : x.toFixed(0)} ×`;

/** From the smallest to the largest: '730 ns – 783 ns'. */
export const between = (values, print) => `${print(Math.min(...values))} – ${print(Math.max(...values))}`;

/** A Markdown table. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');

/** Seconds for reading: '40 s', '6 min'. */
export const duration = seconds =>
  seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
