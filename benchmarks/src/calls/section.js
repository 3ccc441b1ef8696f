import { median } from '../harness/numbers.js';
import { between, lineTitle, ns, table } from '../harness/words.js';
import { bareOf, CASES } from './titles.js';

const WORDS = { import: 'imported', require: 'through `require`' };

/** @param {readonly import('../harness/saved.js').Saved[]} saved */
export function section(saved) {
  return `The model does nothing, so that all the rest shows; AsyncLocalStorage is on in every case. Every case runs in fresh processes, round after round in
reversed order. Of a process the fastest tenth of its batches of 1,000 calls counts, since what else a machine does only makes batches slower; of what allocates much, that leaves
most garbage collections out. A row is the median over rounds, with the smallest and the largest. 1,024 different rows are fed in turn, unless a row says
otherwise.

${saved.map(lineTables).join('\n\n')}

${LEGEND}`;
}

function lineTables(saved) {
  const { result } = saved;
  const title = lineTitle(saved);
  const tables = Object.keys(result.time).map(
    loading => `### ${title}, packages ${WORDS[loading]}\n\n${callTable(result, loading)}`,
  );
  return [...tables, `### ${title}, parts of a call\n\n${partTable(result)}`].join('\n\n');
}

function callTable(result, loading) {
  const times = name => result.time[loading][name].map(round => round.usual);
  const bytes = name => median(result.bytes[loading][name].map(round => round.bytes));
  // A line that was measured before there was a case goes without it until its turn comes.
  const names = Object.keys(CASES).filter(name => name in result.time[loading]);
  return table(
    ['a call', 'median', 'rounds', 'added', 'bytes', 'bytes added'],
    names.map(name => {
      const { title } = CASES[name];
      const bare = bareOf(name);
      const added = times(name).map((time, round) => time - times(bare)[round]);
      return [
        title,
        ns(median(times(name))),
        between(times(name), ns),
        name === bare ? '' : ns(median(added)),
        bytes(name).toFixed(0),
        name === bare ? '' : (bytes(name) - bytes(bare)).toFixed(0),
      ];
    }),
  );
}

/** What each side of run-parts.js is. */
const PARTS = [
  ['rows', 'none', 'a row of a batch, no feature'],
  ['rows', 'counted', 'a row of 20 numbers with 16 bins each'],
  ['rows-loop', 'counted', 'the same, `codegen: false`'],
  ['rows', 'inlined', 'by hand: 20 numbers read, looked up and counted'],
  ['rows', 'inlinedAll', 'by hand: the same with types, range and moments'],
  ['rows', 'direct', '20 numbers that need no reading, counted by our loop'],
  ['ids', 'without', 'a synchronous call without features'],
  ['ids', 'kept', 'the same with an outcome id, of 4,096 in turn'],
  ['ids', 'full', 'the same when 10,000 wait for their outcome'],
];

function partTable({ parts }) {
  return table(
    ['', 'median', 'rounds'],
    PARTS.map(([part, side, title]) => {
      const values = parts[part].map(sides => sides[side]);
      return [title, ns(median(values)), between(values, ns)];
    }),
  );
}

const LEGEND = `- **The bare call** is the awaited function alone, or for synchronous rows the function alone. Everything "added" is a row less this one.
- **Driftspan** counts 20 numeric features into 16 bins each with moments and range, the label, the confidence, the duration and the call, and keeps the
  windows. Nothing of that is sampled.
- A **hand-written span** sets operation, model, version, task, label and confidence, by \`startActiveSpan\`, into a batch processor whose exporter does nothing.
- **No parent**: the sampler is asked at each call and takes 1 %, in both rows that are compared.
- **Through \`require\`**: an application in CommonJS. OpenTelemetry 3 has other files for it, and is slower there; both sides of a ratio are loaded alike.
- **A model that reads all 20 numbers** is a logistic regression: it asks each field by a name out of a list, and is never as sure as before. The
  model of the other rows reads one field and is always as sure.
- **An \`await\` of nothing** before a synchronous call: what runs right after an \`await\` takes longer, and on Node 20 longer still, where AsyncLocalStorage
  is told of each promise by hooks. An asynchronous call has two such beginnings, its own and its end's, and the derived promise.
- **Where an \`ArrayBuffer\` was transferred** once in the process, to a worker or by a \`fetch\` whose body is read, V8 asks at each access of a typed array whether
  it is still there. Counts and cuts lie in typed arrays.
- **Bytes** are heap growth a call while nothing is collected, in a process of its own. One derived promise and its two reactions are most of what Driftspan
  adds to an asynchronous call: watching the caller's promise from the side would cost less and swallow its \`unhandledRejection\`.
- **Parts** take turns in one process, ns a row or a call, medians of 150 blocks. Rows are counted as one batch of 1,024, so that the clock is spread over them.
  Reading 20 fields is "20 numbers" less "no feature" and less "need no reading", which is what counting them costs. One number is "20 numbers"
  less "no feature", beside "looked up and counted" by hand: ours also checks the type, keeps two moments and counts what is out of range.`;
