// By its path: a global setup is loaded without the condition that maps a package to its source.
import {
  findCollector,
  findEveryPrometheus,
  findPromtool,
  prometheusVersion,
} from '../../packages/servers/src/index.js';

/** Before the first test: says what the tests run against. @throws Error naming every binary that is missing; no test is skipped for one */
export default async function setup(): Promise<void> {
  const collector = findCollector();
  const prometheus = findEveryPrometheus();
  const promtool = findPromtool();
  const missing = [
    collector === undefined ? 'a Collector (OTELCOL_BIN)' : undefined,
    prometheus.length === 0 ? 'a Prometheus (PROMETHEUS_BIN)' : undefined,
    promtool === undefined ? 'promtool (PROMTOOL_BIN)' : undefined,
  ].filter(name => name !== undefined);
  if (missing.length > 0) {
    throw new Error(
      `the fleet tests need ${missing.join(', ')}: \`npm run fleet-tools\` builds them where Go is at hand`,
    );
  }
  const versions = await Promise.all(prometheus.map(prometheusVersion));
  console.log(`Collector: ${collector}`);
  for (const [index, path] of prometheus.entries()) console.log(`Prometheus ${versions[index]}: ${path}`);
  console.log(`promtool: ${promtool}`);
}
