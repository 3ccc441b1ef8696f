import { planMerges } from '../verdict/merge.js';
import { BlockLadder } from './block-ladder.js';
import type { DependenceLadder, FeatureDependence } from './dependence.js';
import type { FeatureCells } from './feature-blocks.js';
import type { RowOrder } from './ladder.js';

/** What counts rows and nothing else. */
export const ONE_CELL: FeatureCells = { valued: 1, plan: planMerges([1], 'ranges'), other: -1 };

/** How dependent a feature's rows are on their neighbours; `cells` has the cell of every row. */
export function fitDependence(
  cells: ArrayLike<number>,
  feature: FeatureCells,
  order: RowOrder,
): FeatureDependence | undefined {
  const blocks = blocksOfRows(cells, feature, order);
  blocks.endBlocks(order.span);
  return blocks.fit();
}

/** The blocks of rows that are kept: `cells` has the cell of each. Others may follow. */
export function blocksOfRows(cells: ArrayLike<number>, feature: FeatureCells, order: RowOrder): BlockLadder {
  const blocks = new BlockLadder(feature, order.lengths);
  for (let row = 0; row < cells.length; row++) blocks.add(cells[row]!, order.position(row));
  return blocks;
}

/** The lengths of an order, as a baseline keeps them; undefined if no block fits in. */
export function ladderOf(order: RowOrder, rows: number): DependenceLadder | undefined {
  if (order.lengths.length === 0) return undefined;
  if (!order.timed) return { blockRows: order.lengths };
  const everyRow = new BlockLadder(ONE_CELL, order.lengths);
  for (let row = 0; row < rows; row++) everyRow.add(0, order.position(row));
  everyRow.endBlocks(order.span);
  return atMostRows({ blockRows: everyRow.blockRows, blockMs: order.lengths, spanMs: order.span }, rows);
}

/** The ladder with no block of more rows than there are: where nearly all are in one, 4 digits may be rounded up past them. */
export function atMostRows(ladder: DependenceLadder, rows: number): DependenceLadder {
  return { ...ladder, blockRows: ladder.blockRows.map(size => Math.min(size, rows)) };
}
