export { alertRules } from './alerts/alert-rules.js';
export type { FleetErrorCode } from './errors.js';
export { FleetError } from './errors.js';
export type { RuleOptions } from './options.js';
export type { AlertRule, RecordingRule, RuleGroup } from './rule-file.js';
export { rulesYaml } from './rule-file.js';
export { recordingRules } from './rules/recording-rules.js';
