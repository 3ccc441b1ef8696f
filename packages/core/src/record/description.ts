import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { ATTR_MODEL_NAME, ATTR_MODEL_VERSION, ATTR_OPERATION_NAME } from '../semconv.js';
import { MAX_CHARACTERS } from './bounded.js';
import { cutText } from './json-text.js';
import { isUniform } from './record-attributes.js';

/** Attributes that `describe` may add: a span has 128, and the most of them are for the input. */
export const MAX_DESCRIPTION = 16;
/** By these the series of a model are found: they stay. */
const IDENTITY: ReadonlySet<string> = new Set([ATTR_OPERATION_NAME, ATTR_MODEL_NAME, ATTR_MODEL_VERSION]);

/** What describes a model and its runtime: as arrays, since each span sets them one by one. */
export class Description {
  readonly keys: string[];
  readonly values: AttributeValue[];
  readonly #given: number;
  #added: Attributes | undefined;

  constructor(attributes: Attributes) {
    this.keys = Object.keys(attributes);
    this.values = Object.values(attributes) as AttributeValue[];
    this.#given = this.keys.length;
  }

  /**
   * Adds to them, or replaces one of the same name. Texts (1,024 characters of them), numbers, booleans and arrays of one of
   * these are taken, 16 at most beside those of the model; the rest is dropped, and so is a new name or version of the model.
   */
  add(attributes: Attributes): void {
    for (const [key, value] of Object.entries(attributes)) {
      const taken = attributeValue(value);
      if (taken === undefined || key === '' || IDENTITY.has(key)) continue;
      let at = this.keys.indexOf(key);
      if (at < 0) {
        if (this.keys.length >= this.#given + MAX_DESCRIPTION) continue;
        at = this.keys.push(key) - 1;
      }
      this.values[at] = taken;
      this.#added = { ...this.#added, [key]: taken };
    }
  }

  /** What was added or replaced; undefined if nothing was. */
  get added(): Attributes | undefined {
    return this.#added;
  }
}

function attributeValue(value: unknown): AttributeValue | undefined {
  if (typeof value === 'string') return cutText(value, MAX_CHARACTERS, Number.POSITIVE_INFINITY)!.text;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return isUniform(value) ? ([...(value as string[])] as AttributeValue) : undefined;
}
