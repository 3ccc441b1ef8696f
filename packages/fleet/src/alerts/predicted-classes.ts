import type { ResolvedRuleOptions } from '../options.js';
import { overShort, recent } from './recent.js';

/** The predicted class as a judged feature. */
export const OUTPUT_LABEL = 'prediction.label';
export const CLASS = 'ml_prediction_label';
/** What share each class usually has; see `usualShareRule`. */
export const SHARE_USUAL = 'ml:prediction_share:usual';

/** What share each class has in the short window; further matchers after it. */
export function shareNow(options: ResolvedRuleOptions, ...matchers: readonly string[]): string {
  return recent(overShort('ml:prediction_share', options, `${CLASS}!=""`, ...matchers), options);
}
