import { AsyncLocalStorage } from 'node:async_hooks';

/** How often each was asked. */
export const ASKED = { clock: 0, map: 0, context: 0 };

/** From here on: looks at the clock, at maps, and at the active context. */
export function countCalls() {
  const counting = (owner, key, what) => {
    const original = owner[key];
    owner[key] = function counted(...args) {
      ASKED[what]++;
      return Reflect.apply(original, this, args);
    };
  };
  counting(performance, 'now', 'clock');
  counting(Date, 'now', 'clock');
  for (const key of ['get', 'set', 'has', 'delete']) {
    counting(Map.prototype, key, 'map');
    counting(WeakMap.prototype, key, 'map');
  }
  counting(AsyncLocalStorage.prototype, 'getStore', 'context');
}
