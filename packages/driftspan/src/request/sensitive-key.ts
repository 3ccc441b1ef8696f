import { CliError } from '../errors.js';

/** Where the key of sensitive categories is taken from: a key on a command line would be in the history and in the list of processes. */
export const KEY_VARIABLE = 'DRIFTSPAN_SENSITIVE_KEY';
const FEWEST_BYTES = 16;

/** The key of categories that are hashed; undefined where there are none. @throws CliError ERR_USAGE for none or a short one. */
export function sensitiveKey(needed: boolean, env: NodeJS.ProcessEnv): string | undefined {
  if (!needed) return undefined;
  const key = env[KEY_VARIABLE];
  const length = key === undefined ? 0 : new TextEncoder().encode(key).length;
  if (key !== undefined && length >= FEWEST_BYTES) return key;
  const met = key === undefined || key === '' ? 'no key' : `${length} bytes`;
  throw new CliError(
    'ERR_USAGE',
    KEY_VARIABLE,
    met,
    `a key of ${FEWEST_BYTES} bytes or more, for the categories of sensitive features`,
    {
      hint: `make one with \`openssl rand -hex 32\`, keep it as a secret, and give the same to the model's sensitiveKey`,
    },
  );
}
