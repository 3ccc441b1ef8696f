import { createRequire } from 'node:module';

/**
 * A package that comes along as a dependency of the Node SDK, found from where the SDK lies: a strict package manager
 * shows it to the SDK alone. `require`, because `start()` is synchronous and these packages are optional; on both SDK
 * lines they have a CommonJS build, and all state that two builds must share hangs on `Symbol.for` in the API.
 *
 * Throws what `require` throws where the package is missing, as inside a bundle.
 */
export function fromSdk(name: string): unknown {
  const sdk = createRequire(import.meta.url).resolve('@opentelemetry/sdk-node');
  return createRequire(sdk)(name);
}
