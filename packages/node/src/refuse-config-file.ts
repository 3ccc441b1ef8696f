import { text } from './environment.js';
import { NodeError } from './errors.js';

/**
 * A configuration file describes whole pipelines and has no place for the producer: ours would be missing. With such a file
 * the other variables don't count either.
 *
 * @param instead what the application can do.
 * @throws NodeError `ERR_START_CONFIG_FILE`
 */
export function refuseConfigFile(instead: string): void {
  const file = text('OTEL_CONFIG_FILE');
  if (file === undefined) return;
  throw new NodeError(
    'ERR_START_CONFIG_FILE',
    'OTEL_CONFIG_FILE',
    JSON.stringify(file),
    `it unset: such a file has no place for the metrics of monitors. Use ${instead}`,
  );
}
