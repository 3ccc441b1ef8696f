// Where the service's telemetry goes: a real OTLP receiver, which remembers what became of each feature's status.
import { startReceiver } from '@driftspan/otlp-receiver';
import { answering } from './channel.js';

/** Of `ml.drift.status`: a warning; 3 is critical. */
const WARNING = 2;

const receiver = await startReceiver();
/** By feature: its first status and its highest. */
const statuses = new Map();
receiver.onMetrics(points => {
  for (const { name, attributes, value } of points) {
    const feature = attributes['ml.feature.name'];
    if (name !== 'ml.drift.status' || feature === undefined) continue;
    const { first, highest } = statuses.get(feature) ?? { first: value, highest: value };
    statuses.set(feature, { first, highest: Math.max(highest, value) });
  }
});
const featuresWith = holds => [...statuses].filter(([, status]) => holds(status)).map(([feature]) => feature);

answering({
  url: () => receiver.url,
  received: () => ({
    spans: receiver.spanCount,
    metricPoints: receiver.metricPointCount,
    logs: receiver.logCount,
    // Of the newest points: how many predictions the telemetry says there were.
    predictions: receiver.points('ml.prediction.count').reduce((sum, { value }) => sum + value, 0),
    warnedAtFirst: featuresWith(({ first }) => first >= WARNING),
    warned: featuresWith(({ highest }) => highest >= WARNING),
  }),
  stop: () => receiver.close(),
});
