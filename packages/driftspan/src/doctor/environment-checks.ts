import { nearest } from '../terminal/nearest.js';
import { type Check, none, ok, warning } from './check.js';
import { KNOWN_VARIABLES, redacted } from './known-variables.js';

const OURS = /^(?:OTEL|DRIFTSPAN)_/;

/** Each variable that is set with who reads it; those that nobody knows, with the name that was probably meant; those that turn things off. */
export function environmentChecks(env: NodeJS.ProcessEnv): readonly Check[] {
  const set = Object.entries(env)
    .filter((entry): entry is [string, string] => OURS.test(entry[0]) && (entry[1] ?? '').trim() !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (set.length === 0) return [none('environment', 'no OTEL_ or DRIFTSPAN_ variable is set: defaults hold')];
  return set.map(([name, value]) => variableCheck(name, value.trim()));
}

function variableCheck(name: string, value: string): Check {
  const told = `${redacted(name, value)}`;
  const known = KNOWN_VARIABLES.get(name);
  if (known === undefined) {
    const meant = nearest(name, KNOWN_VARIABLES.keys());
    const advice = meant === undefined ? 'docs/environment.md lists those that are read' : `did you mean ${meant}?`;
    return warning(name, `${told}: nothing here reads it`, advice);
  }
  const off = switchedOff(name, value);
  if (off !== undefined) return warning(name, `${told}: ${off}`, `unset ${name} where telemetry is wanted`);
  if (name === 'OTEL_CONFIG_FILE') {
    return warning(
      name,
      `${told}: start() refuses it, as such a file has no place for the metrics of monitors`,
      'unset it, or use startMetrics({ exporter }) beside that SDK',
    );
  }
  const wrong = wrongValue(value, known.values, known.list);
  if (wrong !== undefined)
    return warning(
      name,
      `${told}: ${JSON.stringify(wrong)} is none of ${known.values!.join(', ')}`,
      'docs/environment.md says what holds then',
    );
  return ok(name, `${told}, read by ${known.reader}`);
}

function switchedOff(name: string, value: string): string | undefined {
  const yes = value.toLowerCase() === 'true';
  if (name === 'OTEL_SDK_DISABLED' && yes) return 'nothing starts and nothing is sent';
  if (name === 'DRIFTSPAN_DISABLED' && (yes || value === '1')) return 'monitors watch nothing';
  if (name === 'OTEL_METRICS_EXPORTER' && value.toLowerCase() === 'none') return 'no metric is sent';
  return undefined;
}

/** The first word that the variable does not take. */
function wrongValue(value: string, values: readonly string[] | undefined, list: true | undefined): string | undefined {
  if (values === undefined) return undefined;
  const words = (list === true ? value.split(',') : [value]).map(word => word.trim().toLowerCase());
  return words.find(word => word !== '' && !values.includes(word));
}
