import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  TimePickerBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { TAG } from './addresses.js';

/**
 * "Now" is a minute ago. The rules record every 5 minutes, which is just as far as a server looks back: at the very moment of an
 * evaluation the old sample is too old and the new one not yet there.
 */
const NOW_DELAY = '1m';

/** What both dashboards have in common: a day, refreshed every minute, in the reader's own time zone. */
export function dashboardFrame(title: string, uid: string, description: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .description(`${description} Needs the recording rules of @driftspan/fleet.`)
    .tags([TAG])
    .timezone('browser')
    .refresh('1m')
    .timepicker(new TimePickerBuilder().nowDelay(NOW_DELAY))
    .time({ from: 'now-24h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair);
}

/** Grafana wants a number for each panel; ours count up in reading order. */
export function numbered(builder: DashboardBuilder): Dashboard {
  const dashboard = builder.build();
  for (const [i, panel] of (dashboard.panels ?? []).entries()) panel.id = i + 1;
  return dashboard;
}

/** The text of a dashboard's file: JSON of the classic model, which Grafana imports as it is. */
export function dashboardJson(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
