// What is compared within one process: two functions that take turns, so that whatever the machine does falls on both.

/** By name: what is measured, and the ratio that is the budget. */
export const PAIRS = {
  'onnxruntime-smallest': {
    title: 'the smallest onnxruntime model, everything on, parent unsampled ÷ the bare `run()`',
    front: 'the smallest onnxruntime model, watched, as a multiple of the bare `run()`',
    limit: 1.1,
  },
  'tensor-150528': {
    title: 'a tensor of 150,528 floats counted ÷ a plain JavaScript sum over it',
    front: 'a tensor of 150,528 floats, counted, as a share of a plain JavaScript sum over it',
    limit: 0.1,
  },
};
