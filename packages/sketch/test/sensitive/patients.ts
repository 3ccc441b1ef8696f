import { categorical, columns, dateTime, defineModel, numeric, type TrainingRow, text } from '../../src/index.js';
import { generator } from '../generated-rows.js';

export interface Patient {
  readonly income: number;
  readonly clinic: number;
  readonly diagnosis: string;
  readonly ward: string;
  readonly letter: string;
  readonly seen: string;
  readonly blood: readonly number[];
  readonly height: number;
}

export const PATIENT_KEY = 'the key of the clinic';

export const PATIENT_MODEL = defineModel<Patient>({
  name: 'length-of-stay',
  version: '1',
  sensitiveKey: PATIENT_KEY,
  features: {
    income: numeric({ sensitive: true }),
    clinic: numeric({ sensitive: true }),
    diagnosis: categorical({ sensitive: true }),
    letter: text({ sensitive: true }),
    seen: dateTime({ sensitive: true }),
    blood: columns(patient => patient.blood, ['iron', 'zinc'], { sensitive: true }),
    ward: categorical(),
    height: numeric(),
  },
});

/** What must not be in any file: of a single row or few, and a category that is frequent. */
export const CANARY_NUMBERS = [987_654_321.25, -135_792_468.5, 24_681.357, 77_777.125, 30_333.5];
export const CANARY_TEXTS = ['CANARY-frequent', 'CANARY-middling', 'CANARY-rare', 'CANARY-in-a-letter'];

/** Half have no income, the clinic is always the same, and the first rows are canaries. */
export function patientRows(count: number, seed = 1): TrainingRow<Patient>[] {
  const next = generator(seed);
  const [highest, lowest, beside, iron, clinic] = CANARY_NUMBERS;
  return Array.from({ length: count }, (_, i) => {
    const income = next() < 0.5 ? 0 : 50_000 + 40_000 * next();
    const which = Math.floor(next() * 4);
    return {
      input: {
        income: i === 0 ? highest! : i === 1 ? lowest! : i === 2 ? beside! : income,
        clinic: clinic!,
        diagnosis: i < 9 ? 'CANARY-rare' : which === 3 ? 'CANARY-middling' : 'CANARY-frequent',
        ward: 'ABCD'.charAt(which),
        letter: i === 3 ? `CANARY-in-a-letter ${'long '.repeat(999)}` : 'word '.repeat(10 * next()),
        seen: i === 4 ? '1901-01-01' : `2013-01-31T${10 + which}:05`,
        blood: [i === 5 ? iron! : next(), next() * next()],
        height: 150 + 50 * next(),
      },
      output: { label: which > 1 },
    };
  });
}
