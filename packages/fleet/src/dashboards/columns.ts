import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { TableCellBackgroundDisplayMode, TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import type { DashboardLink, DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { levelMappings, levelThresholds, psiThresholds } from './drift-level.js';
import { rows } from './queries.js';

/** A cell without a value. */
const NOTHING = '–';

/** A column of a table whose rows are put together from several queries. */
export interface Column {
  readonly title: string;
  /** A label that stands in the column; without it, the value of `expr`. */
  readonly label?: string;
  /** What the rows are asked with. With a `label` too, only the label is shown. */
  readonly expr?: string;
  readonly unit?: string;
  readonly decimals?: number;
  /** Coloured by drift level or by PSI. */
  readonly colored?: 'level' | 'psi';
  /** Texts that stand for values. */
  readonly mappings?: readonly ValueMapping[];
  readonly width?: number;
  readonly link?: Builder<DashboardLink>;
}

/**
 * Gives a table these columns in this order. The queries are merged by the labels that all of them have, so each must
 * give the same grouping labels; one without a result leaves its column empty.
 */
export function withColumns(panel: Table, columns: readonly Column[]): Table {
  const shown: { readonly field: string; readonly column: Column }[] = [];
  let queries = 0;
  for (const column of columns) {
    const refId = String.fromCharCode(65 + queries);
    if (column.expr !== undefined) {
      panel.withTarget(rows(refId, column.expr));
      queries++;
    }
    shown.push({ field: column.label ?? `Value #${refId}`, column });
  }
  panel
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names: shown.map(s => s.field) } } })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(shown.map(({ field }, i) => [field, i])),
        renameByName: Object.fromEntries(shown.map(({ field, column }) => [field, column.title])),
      },
    });
  for (const { column } of shown) {
    panel.overrideByName(column.title, fieldProperties(column));
  }
  return panel;
}

function fieldProperties(column: Column): DynamicConfigValue[] {
  // Of the panel it says that there are no rows; Grafana would write that into each empty cell.
  const properties: DynamicConfigValue[] = [{ id: 'noValue', value: NOTHING }];
  if (column.unit !== undefined) properties.push({ id: 'unit', value: column.unit });
  if (column.decimals !== undefined) properties.push({ id: 'decimals', value: column.decimals });
  if (column.width !== undefined) properties.push({ id: 'custom.width', value: column.width });
  if (column.link !== undefined) properties.push({ id: 'links', value: [column.link.build()] });
  if (column.mappings !== undefined) properties.push({ id: 'mappings', value: column.mappings });
  if (column.colored === 'level') properties.push({ id: 'mappings', value: levelMappings() });
  if (column.colored !== undefined) {
    const thresholds = column.colored === 'level' ? levelThresholds() : psiThresholds();
    properties.push(
      { id: 'thresholds', value: thresholds.build() },
      { id: 'color', value: { mode: 'thresholds' } },
      {
        id: 'custom.cellOptions',
        value: { type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic },
      },
    );
  }
  return properties;
}
