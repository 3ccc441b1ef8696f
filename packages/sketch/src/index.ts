// Everything public, and nothing else: what is not listed here may change in any release.

export type {
  Baseline,
  BaselineModel,
  CategoricalBaseline,
  FeatureBaseline,
  JointBaseline,
  NumericBaseline,
  PlainNumericBaseline,
  Provenance,
  SensitiveNumericBaseline,
} from './baseline/baseline.js';
export { BASELINE_SCHEMA } from './baseline/baseline.js';
export type { BindOptions } from './baseline/bind.js';
export { bindBaseline } from './baseline/bind.js';
export type { BinKind } from './baseline/cells.js';
export { baselineCells, cellCount, cellNames, valuedCells } from './baseline/cells.js';
export { categoricalId, numericId } from './baseline/id.js';
export { MAX_BASELINE_BYTES, MAX_CATEGORY_LENGTH, MAX_FEATURE_BINS, MIN_BASELINE_ROWS } from './baseline/limits.js';
export { parseBaseline, stringifyBaseline } from './baseline/parse.js';
export { findBin } from './bins/find-bin.js';
export { binIndexText, binLabels } from './bins/labels.js';
export type { CutOptions, NumericCuts } from './bins/numeric-cuts.js';
export { countSorted, numericCuts } from './bins/numeric-cuts.js';
export { MAX_BINS } from './bins/pieces.js';
export type { CompareOptions } from './comparison/compare.js';
export { compare, DEFAULT_FALSE_ALARM_RATE } from './comparison/compare.js';
export type {
  ComparedFeature,
  Comparison,
  ComparisonDependence,
  ComparisonDrift,
} from './comparison/comparison.js';
export { COMPARISON_SCHEMA } from './comparison/comparison.js';
export type { CountedFeature, CountedRows, CountedShape } from './comparison/counted-rows.js';
export { countsOfBaseline } from './comparison/counts-of-baseline.js';
export type { MergeBaselinesOptions, MergedBaselines, MergedFeature } from './comparison/merge-baselines.js';
export { mergeBaselines } from './comparison/merge-baselines.js';
export { RowCounter } from './comparison/row-counter.js';
export type {
  Dependence,
  DependenceLadder,
  FeatureDependence,
  FittedBaseline,
  WindowDependence,
  WindowSize,
} from './dependence/dependence.js';
export { dependenceOfWindow, INDEPENDENT, scaledDependence } from './dependence/dependence.js';
export type { FeatureCells, FeatureFit } from './dependence/feature-blocks.js';
export { dependenceOfFits, FeatureBlocks } from './dependence/feature-blocks.js';
export { ENOUGH_BLOCKS } from './dependence/ladder.js';
export { binPositions } from './distance/bin-positions.js';
export type { FeatureDistances } from './distance/distances.js';
export { distances } from './distance/distances.js';
export { hellinger } from './distance/hellinger.js';
export { jensenShannon } from './distance/jensen-shannon.js';
export { kolmogorovSmirnov } from './distance/ks.js';
export type { KullbackLeiblerOptions } from './distance/kullback-leibler.js';
export { kullbackLeibler } from './distance/kullback-leibler.js';
export { PSI_OFFSET, populationStabilityIndex } from './distance/psi.js';
export { wasserstein } from './distance/wasserstein.js';
export type { SketchErrorCode } from './errors.js';
export { SketchError } from './errors.js';
export { categorical, categoryOf, DEFAULT_CATEGORY_LIMIT } from './feature/categorical.js';
export { columns } from './feature/columns.js';
export type { DateTimeOptions } from './feature/date-time.js';
export { dateTime } from './feature/date-time.js';
export type { Numbers, TensorValue } from './feature/elements.js';
export type { EmbeddingOptions } from './feature/embedding.js';
export { embedding } from './feature/embedding.js';
export type { Feature, FeatureKind, MeasuredKind, Measures, Num, Str } from './feature/feature.js';
export { KINDS_OF_SEVERAL_ROWS } from './feature/feature.js';
export type { ImageOptions } from './feature/image.js';
export { image } from './feature/image.js';
export type { Image, ImageLayout, PixelImage } from './feature/image-pixels.js';
export type { Instant } from './feature/instant.js';
export { measureValue } from './feature/measure-value.js';
export { numeric, numericValue } from './feature/numeric.js';
export { featureReader } from './feature/reader.js';
export type { ColumnSpec, Reading } from './feature/readings.js';
export { modelReadings } from './feature/readings.js';
export type { TensorOptions } from './feature/tensor.js';
export { tensor } from './feature/tensor.js';
export { text } from './feature/text.js';
export type { JointTerm } from './joint/projection.js';
export type { LearnOptions, TrainingOutput, TrainingRow } from './learning/learn.js';
export { learnBaseline } from './learning/learn.js';
export { BaselineLearner } from './learning/learner.js';
export type { RowOfSeveral } from './learning/measured-row.js';
export type { ModelSpec, ModelTask } from './model.js';
export { checkModel, defineModel, MAX_FEATURES, OUTPUT_FEATURES } from './model.js';
export type { MomentsSummary } from './moments.js';
export { Moments, momentsOf } from './moments.js';
export type { MergePartsOptions } from './parts/merge-parts.js';
export { mergeBaselineParts } from './parts/merge-parts.js';
export { weightedCounts, weightedCuts } from './quantile/cuts-of-sketch.js';
export { DEFAULT_KLL_K, MAX_KLL_K, MIN_KLL_K } from './quantile/kll-capacity.js';
export { kllRankError } from './quantile/kll-error.js';
export type { KllOptions } from './quantile/kll-sketch.js';
export { KllSketch } from './quantile/kll-sketch.js';
export type { WeightedValues } from './quantile/weighted-values.js';
export type { CategoryHash } from './sensitive/category.js';
export { sensitiveCategory } from './sensitive/category.js';
export { sensitiveKeyId } from './sensitive/key.js';
export { benjaminiHochberg } from './significance/benjamini-hochberg.js';
export { logChiSquareTail } from './significance/chi-square.js';
export { logFisherTail } from './significance/fisher.js';
export type { GTest } from './significance/g-test.js';
export { gTest } from './significance/g-test.js';
export type { FalseAlarmBudget } from './verdict/budget.js';
export { logAlpha, testsOf, WINDOWS_PER_LOOK } from './verdict/budget.js';
export type { FeatureJudgement, JudgeOptions } from './verdict/judge.js';
export { judgeFeature } from './verdict/judge.js';
export type { Verdict } from './verdict/levels.js';
export { VERDICT_LEVEL, worseVerdict, worstVerdict } from './verdict/levels.js';
export type { PreparedFeature } from './verdict/prepare.js';
export { prepareFeature } from './verdict/prepare.js';
export type { RiseJudgement } from './verdict/rise.js';
export { RISE_CRITICAL, RISE_WARNING } from './verdict/rise.js';
export type { PsiThresholds, ShapeJudgement } from './verdict/shape.js';
export { BASELINE_RATIO, CLOSING_SHARE, PSI_CRITICAL, PSI_WARNING } from './verdict/shape.js';
