import { median, ratios } from '../harness/numbers.js';
import { bytesText, lineTitle, ns, table, times } from '../harness/words.js';
import { CASES } from './cases.js';

/** @param {readonly import('../harness/saved.js').Saved[]} saved */
export function section(saved) {
  return `A watched synchronous call whose model does nothing, under an unsampled parent: all that is timed is the counting of one value. Beside it a plain JavaScript
sum over the same numbers (\`for\`, one accumulator), in turns within one process; a round is the ratio of the medians of 200 short blocks, and a cell holds the median
round with the smallest and the largest. By default a tensor's sample of at most 4,096 elements is looked at
([what the sample may miss](feature-kinds.md#the-sample-of-a-large-tensor)); \`every: true\` looks at all.

${saved.map(lineTable).join('\n\n')}

- A sum waits for each addition before the next; looking at every element is bound by how many instructions it takes, so its ratio rises where another process shares the core.
- The sum over 64-bit integers adds bigints, an allocation each; ours reads their halves as doubles. That over 16-bit floats adds their bits.
- Doubles, 16-bit floats and 64-bit integers are copied, 4,096 at a time, and then added up: twice the work of what is added where it lies, 32-bit floats and bytes; 16-bit floats are decoded one by one as well.
- A call costs what it costs whatever the value: of 1,000 floats, or an embedding, a good part is the call itself ([a call](#a-call)).
- An embedding is projected on eight random directions: nine products an element, not one sum.
- A WebAssembly kernel with SIMD was tried and left out: [decision 0027](decisions/0027-bulk-tensors.md).`;
}

function lineTable(saved) {
  const { result } = saved;
  const rows = Object.entries(result.time).map(([name, rounds]) => {
    const side = key => rounds.map(round => round[key]);
    const cells = key => {
      if (rounds[0][key] === undefined) return ['', '', ''];
      const ratio = ratios(side(key), side('sum'));
      return [
        ns(median(side(key))),
        `${times(ratio.median)} (${ratio.min.toFixed(2)} – ${ratio.max.toFixed(2)})`,
        bytesText(median(result.bytes[name].map(round => round[key]))),
      ];
    };
    return [CASES[name].title, ns(median(side('sum'))), ...cells('default'), ...cells('every')];
  });
  const head = ['a value of', 'a plain sum', 'default', 'of the sum', 'bytes', '`every`', 'of the sum', 'bytes'];
  return `### ${lineTitle(saved)}, tensors\n\n${table(head, rows)}`;
}
