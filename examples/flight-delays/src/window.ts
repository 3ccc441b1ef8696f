/**
 * The longest of the three live windows: a day, which is the whole cycle of the traffic, the longest such window of which January holds
 * the 20 stretches that guarantee the budget of false alarms, and the monitor's own default. A week would see smaller shifts and promise
 * nothing.
 */
export const DEFAULT_WINDOW = '1d';
