// What is posted: a flight's record of 20 fields and a remark, as JSON.
import { categorical, defineModel, numeric } from '@driftspan/sketch';
import { seeded } from '../../detection/random.js';

/** Another number makes other records; figures of both can't be compared. */
const VERSION = 1;

/** By field: how it is drawn in usual times. Half of them are far from normal, as such fields are. */
const NUMBERS = {
  distance: r => Math.exp(6.6 + 0.6 * r.normal()),
  scheduled_minutes: r => Math.exp(4.8 + 0.4 * r.normal()),
  departure_hour: r => Math.floor(24 * r.uniform()),
  weekday: r => Math.floor(7 * r.uniform()),
  month: r => 1 + Math.floor(12 * r.uniform()),
  previous_delay: r => (r.uniform() < 0.6 ? 0 : -30 * Math.log(r.uniform())),
  turnaround: r => 45 + 15 * r.normal(),
  taxi_out: r => Math.exp(2.7 + 0.4 * r.normal()),
  load_factor: r => Math.sqrt(r.uniform()),
  aircraft_age: r => Math.floor(30 * r.uniform() ** 2),
  temperature: r => 12 + 9 * r.normal(),
  wind_speed: r => Math.abs(11 + 5 * r.normal()),
  visibility: r => (r.uniform() < 0.8 ? 10 : 10 * r.uniform()),
  precipitation: r => (r.uniform() < 0.9 ? 0 : -2 * Math.log(r.uniform())),
  humidity: r => 100 * r.uniform(),
  pressure: r => 1014 + 7 * r.normal(),
};
const CATEGORIES = {
  carrier: ['9E', 'AA', 'B6', 'DL', 'EV', 'MQ', 'UA', 'US', 'WN'],
  origin: ['EWR', 'JFK', 'LGA'],
  destination: ['ATL', 'BOS', 'CLT', 'DEN', 'DFW', 'FLL', 'IAH', 'LAX', 'MCO', 'MIA', 'ORD', 'PHX', 'SEA', 'SFO'],
  aircraft: ['A319', 'A320', 'A321', 'B737', 'B757', 'CRJ2', 'CRJ9', 'E145', 'E190'],
};
export const NUMERIC = Object.keys(NUMBERS);
export const CATEGORICAL = Object.keys(CATEGORIES);

/** What goes wrong in the second half of a load; the other fields stay as they were. */
export const DRIFTED = ['distance', 'wind_speed', 'visibility', 'carrier'];

/** The remark that nobody declared makes the sizes vary: from none to this many characters, short ones more often. */
const LONGEST_REMARK = 2000;
const REMARK = 'Late inbound aircraft, gate changed, crew on the way. '.repeat(40);

function record(random, isDrifted) {
  const made = {};
  for (const name of NUMERIC) made[name] = Number(NUMBERS[name](random).toFixed(3));
  for (const name of CATEGORICAL) made[name] = CATEGORIES[name][random.below(CATEGORIES[name].length)];
  if (isDrifted) {
    made.distance = Number((made.distance * 2.5).toFixed(3));
    made.wind_speed += 10;
    if (random.uniform() < 0.3) made.visibility = null;
    if (random.uniform() < 0.2) made.carrier = 'ZZ';
  }
  made.remarks = REMARK.slice(0, Math.floor(LONGEST_REMARK * random.uniform() ** 4));
  return made;
}

/**
 * The same records in every process.
 *
 * @param {'training' | 'usual' | 'drifted'} inputs
 * @param {number} count
 */
export function records(inputs, count) {
  const random = seeded(inputs, count, VERSION);
  return Array.from({ length: count }, () => record(random, inputs === 'drifted'));
}

/** The model's description, for training and for serving. */
export const describe = name =>
  defineModel({
    name: `flight-delay-${name}`,
    version: '1',
    task: 'classification',
    features: {
      ...Object.fromEntries(NUMERIC.map(field => [field, numeric()])),
      ...Object.fromEntries(CATEGORICAL.map(field => [field, categorical()])),
    },
  });
