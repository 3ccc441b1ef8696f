// What is run: every wrapper with its inputs, in every mode.

const ALL = ['row', 'floats', 'image'];
/** Of those that never look at the input, and cost the same whatever its size. */
const SMALLEST = ['row'];

/** Wrapper by wrapper, in the order of the page, with the names of its inputs. */
const INPUTS_OF = {
  bare: ALL,
  hand: ALL,
  'hand-input': ALL,
  openinference: ALL,
  'openinference-hidden': SMALLEST,
  langfuse: ALL,
  'langfuse-off': SMALLEST,
  traceloop: ALL,
  'traceloop-off': SMALLEST,
  openlit: ALL,
  'openlit-result': SMALLEST,
  driftspan: ALL,
  // Fewer than 4,097 elements are all looked at anyway.
  'driftspan-every': ['image'],
};

/** A parent that was not sampled, one that was, and nothing registered at all. */
export const MODES = ['unsampled', 'sampled', 'none'];

/** `wrapper/input/mode`, those of an input and a mode next to each other. */
export const wrapperRuns = () =>
  ALL.flatMap(input =>
    MODES.flatMap(mode =>
      Object.entries(INPUTS_OF)
        .filter(([, inputs]) => inputs.includes(input))
        .map(([wrapper]) => `${wrapper}/${input}/${mode}`),
    ),
  );
