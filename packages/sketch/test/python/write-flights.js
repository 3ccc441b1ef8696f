import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learnBaseline, stringifyBaseline } from '@driftspan/sketch';
import { answeredFlights, trainingRow } from '../../../../examples/flight-delays/src/answered-flights.ts';
import { FLIGHT_MODEL } from '../../../../examples/flight-delays/src/flight-model.ts';
import { readFlights } from '../../../../examples/flight-delays/src/flights.ts';
import { loadFlightModel } from '../../../../examples/flight-delays/src/onnx.ts';

/*
 * January's flights with the model's answers as a CSV file, for the script's command line, and what `learnBaseline` makes of them, with
 * and without their times: node --import tsx -C @driftspan/source write-flights.js FOLDER
 */
const [folder] = process.argv.slice(2);
const features = Object.keys(FLIGHT_MODEL.features);
const rows = [];
for await (const answered of answeredFlights(await readFlights(), 1, await loadFlightModel()))
  rows.push(trainingRow(answered));

// No cell holds a comma or a quote; a number's text reads back as the same number.
const line = ({ input, output, time }) =>
  [...features.map(name => input[name] ?? ''), output.label, output.confidence, time].join(',');
writeFileSync(
  join(folder, 'flights.csv'),
  [[...features, 'label', 'confidence', 'time'].join(','), ...rows.map(line), ''].join('\n'),
);

const provenance = { source: 'January' };
const timeless = rows.map(({ input, output }) => ({ input, output }));
writeFileSync(join(folder, 'timed.json'), stringifyBaseline(await learnBaseline(FLIGHT_MODEL, rows, { provenance })));
writeFileSync(
  join(folder, 'timeless.json'),
  stringifyBaseline(await learnBaseline(FLIGHT_MODEL, timeless, { provenance })),
);
