import { type Attributes, toAttributes } from './attributes.js';
import type { KeyValueMessage, ScopeMessage } from './messages.js';

/** The instrumentation scope; both are empty when unknown. */
export interface Scope {
  readonly name: string;
  readonly version: string;
}

/** Who sent something. One object per resource and one per scope of a request, shared by all that came under it. */
export interface Origin {
  readonly resource: Attributes;
  readonly scope: Scope;
}

export function toOrigin(resource: Attributes, scope: ScopeMessage = {}): Origin {
  return { resource, scope: { name: scope.name ?? '', version: scope.version ?? '' } };
}

export function toResource(resource: { readonly attributes?: readonly KeyValueMessage[] } = {}): Attributes {
  return toAttributes(resource.attributes);
}
