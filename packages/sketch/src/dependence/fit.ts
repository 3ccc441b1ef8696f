import { planMerges } from '../verdict/merge.js';
import { BlockLadder } from './block-ladder.js';
import type { DependenceLadder, FeatureDependence } from './dependence.js';
import type { FeatureCells } from './feature-blocks.js';
import type { RowOrder } from './ladder.js';

/** What counts rows and nothing else. */
const ONE_CELL: FeatureCells = { valued: 1, plan: planMerges([1], 'ranges'), other: -1 };

/** How dependent a feature's rows are on their neighbours; `cells` has the cell of every row. */
export function fitDependence(
  cells: ArrayLike<number>,
  feature: FeatureCells,
  order: RowOrder,
): FeatureDependence | undefined {
  const ladder = new BlockLadder(feature, order.lengths);
  for (let row = 0; row < cells.length; row++) ladder.add(cells[row]!, order.position(row));
  ladder.endBlocks(order.span);
  return ladder.fit();
}

/** The lengths of an order, as a baseline keeps them; undefined if no block fits in. */
export function ladderOf(order: RowOrder, rows: number): DependenceLadder | undefined {
  if (order.lengths.length === 0) return undefined;
  if (!order.timed) return { blockRows: order.lengths };
  const everyRow = new BlockLadder(ONE_CELL, order.lengths);
  for (let row = 0; row < rows; row++) everyRow.add(0, order.position(row));
  everyRow.endBlocks(order.span);
  return { blockRows: everyRow.blockRows, blockMs: order.lengths, spanMs: order.span };
}
