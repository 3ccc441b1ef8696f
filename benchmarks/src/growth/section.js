// The suite's part of the page.
import { MOMENT_BYTES, RING_BYTES, SETTLING } from './figures.js';
import {
  callTable,
  categoryTable,
  constructionTable,
  count,
  labelTable,
  memoryTable,
  monitorTable,
  otherTable,
  rowTable,
  sliceTable,
  soakTable,
  wireTable,
} from './tables.js';

const doneInSoak = ({ result: { soak } }) =>
  `${count(soak.failures)} failures, ${count(soak.streams)} streams, ${count(soak.outcomes)} outcomes, ${count(soak.records)} records, ${count(soak.alerts)} alerts, ${count(soak.collections)} collections, ${count(soak.subWindows)} sub-windows of three monitors`;

/** @param {readonly import('../harness/saved.js').Saved[]} saved one a line. */
export function section(saved) {
  return `What is added to a bare asynchronous call under a parent that was not sampled, AsyncLocalStorage on in both; medians of the rounds, in brackets the
smallest and largest round. Every monitor here reads a label and a confidence, which cost the same however many features there are.

### Features of one monitor

![ns added to a call, by features](benchmarks/growth-features.svg)

${callTable(saved)}

${otherTable(saved, 'categorical', 'categories of 8 values')}

${otherTable(saved, 'columns', 'columns of one `[1, n]` tensor')}

Rows are parsed from JSON. From 128 properties on V8 keeps such an object as a hash table, and reading a property of it costs several times what it does before:
that, and rows that no longer fit the cache, is what makes a wide row dear, not the counting. Give a wide table as \`columns\`.

### Memory and time, by features

Bytes that one feature retains: heap and array buffers after a collection, of a monitor that was called, judged and collected once; what a monitor retains by itself is
in the first rows.

![bytes retained per feature](benchmarks/growth-memory.svg)

${memoryTable(saved)}

Of the bytes with a baseline ${count(RING_BYTES)} are the counts of 60 sub-windows (16 bins, missing, invalid, out of range), ${count(MOMENT_BYTES)} their two moments, and less than
1,024 the open sub-window, bounds and totals. The rest are labels and attribute objects, which are made once so that a collection makes none, and the last verdict with its reasons.
Where the baseline's rows were in no order, dependence in time is measured on the first 20 windows; what that takes is let go of afterwards. \`learnBaseline\` with \`timeOrdered\` avoids it.

${constructionTable(saved)}

Code is made at the first call and runs unoptimised until V8 has seen enough of it: for wide models that is some thousands of calls. One monitor is judged and collected in one slice: what a collection takes here is also how long it keeps the event loop. A single model of a thousand features does so for longer than
100 models of 50.

### On the wire

One export of everything, as the real exporters send it, 2,000 data points a request. The longest stretch that it keeps the event loop is the SDK's serialisation, not ours. Compression
leaves little. Fewer bins, or none, cost less: [what one model costs in series](cardinality.md).

${wireTable(saved)}

### Monitors of one process

![ns added to a call, by monitors](benchmarks/growth-monitors.svg)

${monitorTable(saved)}

20 numbers each. Calls to one of many cost what they do where there is but one. Calls that go round all of them miss the caches: each monitor has code, bounds and counts of its own, some tens of
kilobytes that a call touches, and a thousand of those are in no cache. Those are the worst case: no call is to the model of the call before.

The longest slice of one collection, without garbage collection of the whole process and with it:

${sliceTable(saved)}

### Categories and labels

ns of one value, over 20 features of a row. Beyond the 64 that are kept most values are \`_OTHER\`, and such a row may be recorded as one with an unseen category.
A string that was just parsed is hashed and compared the first time here; one that lives on was.

${categoryTable(saved)}

${labelTable(saved)}

### Rows of a batch

ns added per row of 20 numbers, label and confidence: what a call costs once, spread over its rows, and what each row costs.

![ns added per row, by rows of a batch](benchmarks/growth-rows.svg)

${rowTable(saved)}

### A soak

Calls of every kind, 64 in flight: one in 100 fails, is sampled, or is a batch of 16; one in 1,000 is a stream, read to its end, left early or dropped; one in 50 waits for an outcome that half of the time never
comes; 2 % of the values are missing; the input drifts and comes back five times; readers collect sums and differences every two seconds. Done on the way
(the first line): ${doneInSoak(saved[0])}.

![memory after a collection, by calls](benchmarks/growth-soak.svg)

${soakTable(saved)}

Memory after a full collection at 50 points. The slope is of the last ${50 - SETTLING}: before the dotted line rings, waiting predictions (10,000 at most) and compiled code fill up. Its interval is 95 %, as if
errors had no memory.
`;
}
