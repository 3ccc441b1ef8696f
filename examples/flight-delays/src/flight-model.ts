import { categorical, defineModel, numeric } from '@driftspan/sketch';

/** What is known of a flight shortly before it leaves; null where there was no observation. Units: `data/README.md`. */
export interface Flight {
  /** Under which its outcome is reported later; the model does not see it. */
  readonly id: string;
  readonly carrier: string;
  readonly origin: string;
  readonly dest: string;
  readonly hour: number;
  readonly distance: number;
  readonly temp: number | null;
  readonly dewp: number | null;
  readonly humid: number | null;
  readonly wind_speed: number | null;
  readonly precip: number | null;
  readonly pressure: number | null;
  readonly visib: number | null;
}

/** What the model answers. */
export interface Prediction {
  readonly label: string;
  /** Of the label given, so it can be less than one half. */
  readonly probability: number;
}

export const LATE = 'late';
export const ON_TIME = 'on-time';

/** Once, for the baseline and for serving: both read a flight in the same way. */
export const FLIGHT_MODEL = defineModel<Flight>({
  name: 'flight-delay',
  version: '2013.01',
  transforms: '1',
  task: 'classification',
  features: {
    carrier: categorical(),
    origin: categorical(),
    dest: categorical(),
    hour: numeric(),
    distance: numeric(),
    temp: numeric(),
    dewp: numeric(),
    humid: numeric(),
    wind_speed: numeric(),
    precip: numeric(),
    pressure: numeric(),
    visib: numeric(),
  },
});
