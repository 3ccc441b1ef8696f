import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, onOne } from '../promql/labels.js';
import type { AlertRule } from '../rule-file.js';
import { COUNT, modelTitle, ranked, saying } from './annotations.js';
import { overShort, recent } from './recent.js';

const ALERT = 'MlSdkDropped';

/** Faults of which one is too many: what follows from it is wrong or silent as a whole. */
const ANY = ['internal', 'judgement', 'listener', 'clock_invalid', 'learning', 'monitor_limit'];
/** Faults of single calls: a few are the odd malformed request, a steady share falsifies what is counted. */
const SOME = [
  'feature_reader',
  'batch_rows',
  'output_reader',
  'prediction_id',
  'label_limit',
  'outcome_invalid',
  'span',
  'stream',
  'redact',
  'log',
];
/** One in a thousand calls: a tenth of the percentage point from which a rise of missing values is a warning. */
const SHARE = 0.001;

/**
 * What the SDK could not record. Left out are the bounds that hold by design: `record_limit`, `error_type_limit`, `pending_limit`,
 * `outcome_unknown` (an outcome that comes to another process), `clock_backwards` and `disposed` (the end of a process).
 */
export function sdkDroppedAlert(options: ResolvedRuleOptions): AlertRule {
  const { model } = labelSets(options);
  const [short] = options.windows;
  const dropped = (reasons: readonly string[], ...matchers: readonly string[]): string =>
    recent(overShort('ml:sdk_dropped:window', options, `reason=~"${reasons.join('|')}"`, ...matchers), options);
  const calls = `max ${by(model)} (${recent(overShort('ml:inference:window', options), options)})`;
  return {
    alert: ALERT,
    expr: `sum ${by(model)} (
  ${dropped(ANY)} > 0
  or
  ${dropped(SOME)}
  > ${onOne(model)} ${SHARE} * ${calls}
)`,
    for: options.for.text,
    ...saying(
      ALERT,
      'warning',
      options,
      `${modelTitle(options)}: {{ $value | ${COUNT} }} items not recorded by the SDK in ${short.text}`,
      [
        'The calls themselves are not touched, but what is counted of them is short or wrong:',
        `${ranked(`sum by (reason) (${dropped([...ANY, ...SOME], 'MODEL')}) > 0`, 'reason', { before: '', format: COUNT, after: '' }, options)}First: look the reason up in the runbook; the diag log of a replica names the place, once a process and reason.`,
      ],
    ),
  };
}
