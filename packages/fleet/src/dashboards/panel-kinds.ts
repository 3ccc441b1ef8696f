import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TableCellHeight,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { runbookText } from './addresses.js';
import { COLOR, steps } from './drift-level.js';
import { DATASOURCE } from './queries.js';

/** What a panel says of itself, and its place: `width` of 24 columns, `height` of Grafana's rows of 38 pixels. */
export interface PanelText {
  readonly title: string;
  /** What it shows and what is bad, in plain words. */
  readonly text: string;
  /** Alerts whose runbooks go with it. */
  readonly alerts?: readonly string[];
  readonly width: number;
  readonly height: number;
  /** What stands there when there is no series. */
  readonly empty?: string;
}

/** Lines over time, with a table of their last and largest values. */
export function lines(of: PanelText, unit: string): TimeSeries {
  return placed(new TimeSeries(), of)
    .unit(unit)
    .min(0)
    .lineWidth(1)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Never)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(legend(['lastNotNull', 'max']))
    .tooltip(tooltip());
}

/** Shares of a whole over time, one upon the other. */
export function stacked(of: PanelText, unit: string): TimeSeries {
  return lines(of, unit).fillOpacity(60).lineWidth(0).stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
}

/** One figure of now, coloured only where the panel gives thresholds. */
export function stat(of: PanelText, unit: string): Stat {
  return placed(new Stat(), of)
    .unit(unit)
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .orientation(VizOrientation.Auto)
    .thresholds(steps([[null, COLOR.idle]]))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

/** Rows and columns; what stands in them is said by the columns (`columns.ts`). */
export function table(of: PanelText): Table {
  return placed(new Table(), of).cellHeight(TableCellHeight.Sm).filterable(true);
}

/** Levels over time, one row a series; a level that stays is one bar. */
export function timeline(of: PanelText): StateTimeline {
  return placed(new StateTimeline(), of)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.85)
    .mergeValues(true)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(legend([]))
    .tooltip(tooltip());
}

/** Squares over time, one row a series, coloured by value. */
export function squares(of: PanelText): StatusHistory {
  return placed(new StatusHistory(), of)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.9)
    .colWidth(1)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(legend([]))
    .tooltip(tooltip());
}

/** Upright bars side by side, one group a row of the result. */
export function bars(of: PanelText, unit: string): BarChart {
  return placed(new BarChart(), of)
    .unit(unit)
    .min(0)
    .orientation(VizOrientation.Vertical)
    .stacking(StackingMode.None)
    .showValue(VisibilityMode.Never)
    .groupWidth(0.8)
    .barWidth(0.95)
    .lineWidth(0)
    .fillOpacity(80)
    .xTickLabelRotation(-45)
    .xTickLabelMaxLength(18)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(legend([]))
    .tooltip(tooltip());
}

/** Buckets over time; how much fell into each is its colour. */
export function heatmap(of: PanelText): Heatmap {
  return placed(new Heatmap(), of).calculate(false).showLegend().showValue(VisibilityMode.Never);
}

/** Properties that make a line of `lines` dashed, in a colour of its own if one is given. */
export function dashed(color?: string): DynamicConfigValue[] {
  const style = { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } };
  return color === undefined ? [style] : [style, { id: 'color', value: { mode: 'fixed', fixedColor: color } }];
}

/** The setters that every kind of panel has. */
interface AnyPanel<B> {
  title(title: string): B;
  description(text: string): B;
  span(width: number): B;
  height(height: number): B;
  noValue(text: string): B;
  datasource(ref: typeof DATASOURCE): B;
}

function placed<B extends AnyPanel<B>>(panel: B, of: PanelText): B {
  const runbooks = of.alerts === undefined ? '' : `\n\nRunbooks: ${runbookText(of.alerts)}`;
  panel
    .title(of.title)
    .description(of.text + runbooks)
    .span(of.width)
    .height(of.height)
    .datasource(DATASOURCE);
  return of.empty === undefined ? panel : panel.noValue(of.empty);
}

function legend(calcs: string[]): Builder<ReturnType<VizLegendOptionsBuilder['build']>> {
  const mode = calcs.length > 0 ? LegendDisplayMode.Table : LegendDisplayMode.List;
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(mode)
    .placement(LegendPlacement.Bottom)
    .calcs(calcs);
}

function tooltip(): VizTooltipOptionsBuilder {
  return new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending);
}
