import { saveBaseline } from '@driftspan/node';
import { learnBaseline } from '@driftspan/sketch';
import { answeredFlights, trainingRow } from './answered-flights.js';
import { BASELINE_FILE, checkFiles, FLIGHTS_FILE, MODEL_FILE } from './files.js';
import { FLIGHT_MODEL } from './flight-model.js';
import { readFlights } from './flights.js';
import { loadFlightModel } from './onnx.js';

/*
 * January as serving sees it: every flight that is asked about, the cancelled and diverted ones among them. They have no
 * outcome and were left out of training, but nobody knows of them when the model is asked.
 */
checkFiles([FLIGHTS_FILE, MODEL_FILE]);
const flights = await readFlights();
const predict = await loadFlightModel();

async function* january() {
  for await (const answered of answeredFlights(flights, 1, predict)) yield trainingRow(answered);
}

const baseline = await learnBaseline(FLIGHT_MODEL, january(), {
  provenance: { source: 'data/flights-2013.parquet, every flight scheduled in January 2013, in order of time' },
});
await saveBaseline(baseline, BASELINE_FILE);
console.log(
  `${baseline.rows} rows, ${baseline.features.length} features, ${baseline.outputs.length} outputs: model/flight-delay.baseline.json`,
);
