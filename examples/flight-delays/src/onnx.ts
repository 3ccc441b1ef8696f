import { InferenceSession, Tensor } from 'onnxruntime-node';
import { MODEL_FILE } from './files.js';
import { type Flight, LATE, type Prediction } from './flight-model.js';

/** The order of the tensor `numbers`, as the model card has it. */
const NUMBERS = [
  'hour',
  'distance',
  'temp',
  'dewp',
  'humid',
  'wind_speed',
  'precip',
  'pressure',
  'visib',
] as const satisfies readonly (keyof Flight)[];

const ONE = [1, 1];

/** The model as a function of one flight: what an application has before anything watches it. */
export async function loadFlightModel(): Promise<(flight: Flight) => Promise<Prediction>> {
  // One thread: a call takes microseconds, less than handing it to a pool would.
  const session = await InferenceSession.create(MODEL_FILE, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return async flight => {
    const { label, probabilities } = await session.run({
      carrier: new Tensor('string', [flight.carrier], ONE),
      origin: new Tensor('string', [flight.origin], ONE),
      dest: new Tensor('string', [flight.dest], ONE),
      numbers: new Tensor('float32', numbersOf(flight), [1, NUMBERS.length]),
    });
    const said = label!.data[0] as string;
    const [onTime, late] = probabilities!.data as Float32Array;
    return { label: said, probability: said === LATE ? late! : onTime! };
  };
}

/** NaN where a number is missing: the model puts January's median in its place. */
function numbersOf(flight: Flight): Float32Array {
  const numbers = new Float32Array(NUMBERS.length);
  for (let i = 0; i < NUMBERS.length; i++) numbers[i] = flight[NUMBERS[i]!] ?? Number.NaN;
  return numbers;
}
