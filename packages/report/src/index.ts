// Everything public, and nothing else: what is not listed here may change in any release.

export { explainFeature, explainReport, rankFeatures } from './explain.js';
export type { RenderOptions } from './render.js';
export { renderReport } from './render.js';
