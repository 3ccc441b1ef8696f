import type { AlarmFacts } from './facts.js';
import { type Paint, plain, WIDTH } from './table.js';
import { lasting, moment, score, share, wrap } from './words.js';

/** Features whose alarms are one thing: they opened, rose or closed together, for the same reason. */
export interface AlarmGroup extends Omit<AlarmFacts, 'feature'> {
  readonly features: readonly string[];
}

/** Alarms that one moment brought, those of one reason together. */
export function alarmGroups(alarms: readonly AlarmFacts[]): AlarmGroup[] {
  const groups = new Map<string, AlarmGroup>();
  for (const { feature, ...alarm } of alarms) {
    const key = `${alarm.at} ${alarm.level} ${reasonOf(alarm)}`;
    const features = [...(groups.get(key)?.features ?? []), feature];
    const alsoMoved = alarm.alsoMoved.filter(name => !features.includes(name));
    groups.set(key, { ...alarm, features, alsoMoved });
  }
  return [...groups.values()];
}

const INDENT = ' '.repeat(26);

/** `  25 May 13:36  warning   dest: 4.1 % rare or never seen in 7 days, 3.1 % in January. Also moved: hour` */
export function alarmLines(alarms: readonly AlarmFacts[], paint: Paint = plain, width = WIDTH): string[] {
  return alarmGroups(alarms).flatMap(group => {
    const closed = group.change === 'closed';
    const label = (closed ? 'over' : group.level).padEnd(8);
    const also = group.alsoMoved.length === 0 ? '' : `. Also moved: ${group.alsoMoved.join(', ')}`;
    const text = `${group.features.join(', ')}: ${reasonOf(group)}${also}`;
    const [first, ...rest] = wrap(text, width - INDENT.length);
    const painted = paint(closed ? 'ok' : group.level, label);
    return [`  ${moment(group.at)}  ${painted}  ${first}`, ...rest.map(line => INDENT + line)];
  });
}

/** Why it rang, or how long it lasted. */
export function reasonOf({ cause, at, openedAt }: Omit<AlarmFacts, 'feature'>): string {
  if (cause === null) return `after ${lasting(Date.parse(`${at}Z`) - Date.parse(`${openedAt}Z`))}`;
  const { test, windowMs, psi, rate, baselineRate } = cause;
  if (test === 'shape') return `PSI ${score(psi!)} over ${lasting(windowMs)}`;
  const kind = test === 'missing' ? 'missing' : 'rare or never seen';
  return `${share(rate!)} ${kind} in ${lasting(windowMs)}, ${share(baselineRate!)} in January`;
}
