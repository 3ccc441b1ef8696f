import { categorical, defineModel, learnBaseline, numeric, text } from '@driftspan/sketch';
import { seeded } from '../detection/random.js';

/** Every kind of series at once, each kind with more than its bound in the baseline's rows where that can be. */
export const MODEL = defineModel({
  name: 'hostile',
  version: '1',
  joint: true,
  sensitiveKey: 'sixteen bytes or more',
  features: {
    x: numeric(),
    y: numeric(),
    town: categorical(),
    secret: numeric({ sensitive: true }),
    person: categorical({ sensitive: true }),
    note: text(),
  },
});

export const OUTPUT = {
  label: (answer: { label: unknown }) => answer.label as string,
  confidence: (answer: { confidence: unknown }) => answer.confidence as number,
  value: (answer: { value: unknown }) => answer.value as number,
};

/** A part of a text that never varies has nothing that could be judged. */
const CHARACTERS = 'abcdeeee   ,.!?0123éü';

function drawn(random: ReturnType<typeof seeded>) {
  const x = random.normal();
  return {
    input: {
      x,
      y: x + 0.3 * random.normal(),
      town: `town ${random.below(80)}`,
      secret: random.normal(),
      person: `person ${random.below(80)}`,
      note: Array.from({ length: 5 + random.below(40) }, () => CHARACTERS[random.below(CHARACTERS.length)]).join(''),
    },
    output: { label: `label ${random.below(30)}`, confidence: random.uniform(), value: random.normal() },
  };
}

export function hostileBaseline() {
  const random = seeded('hostile', 0, 1);
  return learnBaseline(
    MODEL,
    Array.from({ length: 8000 }, () => drawn(random)),
  );
}

/** Rows as the baseline's, so that every feature can be judged. */
export function ordinary(count: number) {
  const random = seeded('hostile', 1, 1);
  return Array.from({ length: count }, () => drawn(random));
}

const AWKWARD: readonly unknown[] = [
  null,
  undefined,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  1e308,
  -0,
  7n,
  true,
  '7',
  '',
  '"',
  '\\',
  'a\nb\r\u2028',
  '\ud800',
  '__proto__',
  'x'.repeat(10_000),
  Symbol('s'),
  {},
  [],
  () => 1,
  new Date(0),
];

/** A row whose every value was never seen before, or is nothing that a model could use; call `i` of them. */
export function hostile(i: number) {
  const awkward = (offset: number) => AWKWARD[(i + offset) % AWKWARD.length];
  const fresh = (name: string) => (i % 3 === 0 ? awkward(name.length) : `${name} never seen ${i}`);
  const number = (scale: number) => (i % 4 === 0 ? awkward(scale) : i * scale - 500);
  const input = {
    x: number(1),
    y: number(3),
    town: fresh('town'),
    secret: number(7),
    person: fresh('person'),
    note: fresh('note'),
    [`undeclared ${i}`]: i,
  };
  return { input, output: { label: fresh('label'), confidence: number(2), value: number(5) } };
}

/** An error of a class of its own. */
export function strangeError(i: number): Error {
  return Object.assign(new Error(`${i}`), {
    name: `Strange${'abcdefghij'.charAt(i % 10)}${'klmnopqrst'.charAt(Math.floor(i / 10) % 10)}Error`,
  });
}
