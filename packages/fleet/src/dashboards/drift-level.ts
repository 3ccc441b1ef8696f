import {
  MappingType,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** PSI of a warning and of a critical verdict, the defaults of the recording rules. */
export const PSI_WARNING = 0.1;
export const PSI_CRITICAL = 0.25;

/** Names of Grafana's palette that stay apart for most colour-blind readers when the words stand beside them. */
export const COLOR = { idle: 'text', good: 'green', notice: 'blue', warning: 'orange', critical: 'red' } as const;

/** The levels of `ml:*_level`, as STATISTICS names the verdicts. */
const LEVELS: readonly (readonly [level: number, word: string, color: string])[] = [
  [-1, 'insufficient', COLOR.idle],
  [0, 'ok', COLOR.good],
  [1, 'notice', COLOR.notice],
  [2, 'warning', COLOR.warning],
  [3, 'critical', COLOR.critical],
];

/** Words and colours for a drift level. */
export function levelMappings(): ValueMapping[] {
  const options = Object.fromEntries(
    LEVELS.map(([level, text, color], index) => [String(level), { text, color, index }] as const),
  );
  return [{ type: MappingType.ValueToText, options }];
}

/** The same colours as steps, for the panels that colour by threshold. */
export function levelThresholds(): ThresholdsConfigBuilder {
  return steps(LEVELS.map(([level, , color], i) => [i === 0 ? null : level, color]));
}

export function psiThresholds(): ThresholdsConfigBuilder {
  return steps([
    [null, COLOR.good],
    [PSI_WARNING, COLOR.warning],
    [PSI_CRITICAL, COLOR.critical],
  ]);
}

/** Absolute steps; the first, `null`, is the colour of everything below the second. */
export function steps(of: readonly (readonly [from: number | null, color: string])[]): ThresholdsConfigBuilder {
  const config: ThresholdsConfig['steps'] = of.map(([value, color]) => ({ value, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(config);
}
