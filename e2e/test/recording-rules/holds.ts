import { type RuleOptions, recordingRules, rulesYaml } from '@driftspan/fleet';
import { findEveryPromtool } from '@driftspan/servers';
import { expect, test } from 'vitest';
import { failuresOf, type RuleTest } from '../promtool.js';

/** A test of the recording rules in promtool, in each version at hand. */
export function holds(name: string, makeTest: () => Omit<RuleTest, 'name'>, options?: RuleOptions): void {
  test(name, async () => {
    const promtools = findEveryPromtool();
    expect(promtools).not.toEqual([]);
    const [rules, cases] = [rulesYaml(recordingRules(options)), [{ name, ...makeTest() }]];
    for (const promtool of promtools) expect(await failuresOf(promtool, rules, cases), promtool).toBe('');
  });
}

/** The names that a group records. */
export function recordedNames(group: string, options?: RuleOptions): string[] {
  const rules = recordingRules(options).flatMap(({ name, rules }) => (name === group ? rules : []));
  return [...new Set(rules.map(rule => ('record' in rule ? rule.record : rule.alert)))];
}
