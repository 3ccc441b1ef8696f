// The child process: outputs that a provider left in its own memory are not fetched by watching, as one line of JSON.
// `node run-kept.js MODEL OPTIONS`
import ort from 'onnxruntime-node';
import { MODELS } from './models.js';
import { leave, letGo, openSession } from './sessions.js';

const CALLS = 50;
const [name, json] = process.argv.slice(2);
const { baselines, ...where } = JSON.parse(json);
const opened = await openSession(name, {
  size: MODELS[name].smallest,
  outputs: 'gpu-buffer',
  baseline: `${baselines}/${name}.json`,
  ...where,
});
const { feeds, watched, monitor, session } = opened;

let fetched = 0;
const { getData } = ort.Tensor.prototype;
ort.Tensor.prototype.getData = function (...args) {
  fetched++;
  return getData.apply(this, args);
};
const [output] = session.outputNames;
let kept = 0;
for (let i = 0; i < CALLS; i++) {
  const results = await watched(feeds[i % feeds.length]);
  if (results[output].location === 'gpu-buffer') kept++;
  letGo(results);
}
const { calls, predictions, dropped } = monitor.report();
// A prediction without a label stands under ''.
const missing = predictions[''] ?? 0;
console.log(JSON.stringify({ calls: calls.succeeded, kept, missing, fetched, dropped }));
await leave(opened);
