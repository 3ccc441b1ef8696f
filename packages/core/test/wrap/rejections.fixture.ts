// Run as a process of its own: prints what became of a rejected result that nobody, or somebody, handles.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createMonitor, monitor } from '../../src/index.js';

const model = { name: 'rejections', version: '1' };
const reason = new RangeError('no');
const reject = async () => {
  throw reason;
};
if (process.argv[3] === 'sdk') {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
}

const seen: unknown[] = [];
if (process.argv[2] !== 'fatal') process.on('unhandledRejection', met => seen.push(met === reason));

const predict = monitor(reject, { model });
const manual = createMonitor({ model });
switch (process.argv[2]) {
  case 'fatal':
  case 'unhandled':
    void predict();
    break;
  case 'caught':
    predict().catch(() => {});
    break;
  case 'awaited':
    await predict().then(undefined, () => {});
    break;
  case 'run-unhandled':
    void manual.start(1).run(reject);
    break;
  case 'run-caught':
    manual
      .start(1)
      .run(reject)
      .catch(() => {});
    break;
  case 'chained':
    void predict().then(() => {});
    break;
}
setTimeout(() => {
  console.log(JSON.stringify(seen));
}, 20);
