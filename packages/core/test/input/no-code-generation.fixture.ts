// Run as a process of its own, in which no code may be made from strings: prints what was counted.
import { diag } from '@opentelemetry/api';
import { categorical, monitor, numeric } from '../../src/index.js';

const said: unknown[] = [];
const note = (message: string) => void said.push(message);
diag.setLogger({ error: note, warn: note, info: note, debug: note, verbose: note }, { suppressOverrideMessage: true });

let refused = 'nothing';
try {
  new Function('return 1');
} catch (error) {
  refused = (error as Error).name;
}
const predict = monitor((_: object) => 1, {
  model: { name: 'strict', version: '1', features: { n: numeric(), c: categorical() } },
});
predict({ n: 1, c: 'a' });
predict({});
const { features, dropped } = predict.monitor.report();
console.log(JSON.stringify({ refused, totals: features.map(({ totals }) => totals), dropped, said }));
