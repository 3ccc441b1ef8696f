import { renderReport } from '@driftspan/report';
import type { ComparedFeature } from '@driftspan/sketch';
import { HOSTILE } from '../test/hostile.js';
import { scenario } from '../test/scenarios.js';
import { watched } from '../test/watched.js';
import { july } from './july.js';

/** The pages that are looked at in a browser, by name. */
export async function pages(): Promise<ReadonlyMap<string, string>> {
  const { comparison, timed } = await july();
  const live = await watched({ shift: 1, category: 'voucher', missing: 0.1 });
  return new Map([
    ['july', renderReport(comparison)],
    ['july, judged in order of time', renderReport(timed)],
    ['a monitor', renderReport(live.report())],
    ['an open window', renderReport((await watched({ shift: 1 }, {}, false)).report())],
    ['hostile names', await hostilePage()],
    ['no rows', renderReport(await scenario({ rows: 0 }))],
  ]);
}

/** Every name of {@link HOSTILE}, as a feature and as a category. */
async function hostilePage(): Promise<string> {
  const honest = await scenario({ shift: 1, category: 'voucher', missing: 0.1 });
  const model = { name: HOSTILE[0]!, version: HOSTILE[1]!, transforms: HOSTILE[2]! };
  const features = HOSTILE.flatMap(name =>
    honest.features.map((feature): ComparedFeature => {
      const { baseline } = feature;
      const named =
        baseline.kind === 'categorical'
          ? { ...baseline, name, categories: [name, ...baseline.categories.slice(1)] }
          : { ...baseline, name };
      return {
        ...feature,
        name,
        baseline: named,
        ...(feature.unseen === undefined ? {} : { unseen: [[name, 596] as const] }),
      };
    }),
  );
  return renderReport(
    { ...honest, model, features, current: { ...honest.current, source: HOSTILE[3]! } },
    { title: HOSTILE[0]! },
  );
}
