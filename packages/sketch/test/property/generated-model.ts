import fc from 'fast-check';
import { categorical, defineModel, numeric } from '../../src/index.js';

/** Every kind of column that a baseline tells apart: plain and sensitive numbers and categories, few of which are kept. */
export const GENERATED_MODEL = defineModel({
  name: 'm',
  version: '1',
  sensitiveKey: 'the key of the properties',
  features: {
    n: numeric(),
    hidden: numeric({ sensitive: true }),
    c: categorical({ limit: 4 }),
    name: categorical({ sensitive: true, limit: 3 }),
  },
});

/** More categories than are kept, and a missing one. */
export const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', null);
