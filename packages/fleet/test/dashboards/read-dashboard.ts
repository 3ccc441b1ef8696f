import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';

/** A query of a panel, as it stands in the file. */
export interface PanelQuery {
  readonly panel: Panel;
  readonly query: Dataquery;
}

/** The panels without the row headings; ours have no collapsed rows. */
export function panelsOf(dashboard: Dashboard): Panel[] {
  return (dashboard.panels ?? []).filter((panel): panel is Panel => !isRow(panel));
}

export function queriesOf(dashboard: Dashboard): PanelQuery[] {
  return panelsOf(dashboard).flatMap(panel =>
    (panel.targets ?? []).map(target => ({ panel, query: target as Dataquery })),
  );
}

/** Every query of a dashboard: of panels, variables and annotations. */
export function expressionsOf(dashboard: Dashboard): string[] {
  const variables = (dashboard.templating.list ?? []).flatMap(({ type, query }) =>
    type === 'query' && typeof query === 'object' ? [String(query['query'])] : [],
  );
  const annotations = (dashboard.annotations.list ?? []).map(({ expr }) => expr ?? '');
  return [...queriesOf(dashboard).map(({ query }) => query.expr), ...variables, ...annotations];
}

/** Every object at any depth, and what its key was. */
export function* objectsIn(
  value: unknown,
  key = '',
): Generator<readonly [key: string, object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [key, value as Record<string, unknown>];
  for (const [name, inner] of Object.entries(value)) yield* objectsIn(inner, Array.isArray(value) ? key : name);
}

/** Every text at any depth. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === 'row';
}
