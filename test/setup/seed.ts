import fc from 'fast-check';

// Property tests look at new values in every run; a change is judged on values that the one before it was judged on.
// biome-ignore lint/suspicious/noUndeclaredEnvVars: vitest is not one of turbo's tasks
const seed = process.env['FAST_CHECK_SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
