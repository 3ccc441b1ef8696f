// Everything public, and nothing else: what is not listed here may change in any release.

export { loadBaseline, saveBaseline } from './baseline-file.js';
export type { FileErrorCode } from './errors.js';
export { FileError } from './errors.js';
export { replaceFile } from './replace-file.js';
