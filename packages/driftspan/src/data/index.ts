export { Cursor, type DataRow } from './cursor.js';
export { type ColumnChoices, type InferredColumn, inferColumns } from './infer.js';
export { COLUMN_KINDS, type ColumnKind, isColumnKind } from './kinds.js';
export { type ModelIdentity, modelOf, type PlannedFeature, planFor, planOf, type ReadPlan } from './plan.js';
export { type ColumnProfile, profileColumns } from './profile.js';
export { type ReadOptions, readRows } from './rows.js';
export { type DataEncoding, type DataFormat, type DataSource, openSource, type SourceOptions } from './source.js';
