import type { FeatureReport, Report } from '@driftspan/core';
import type { ComparedFeature, Comparison } from '@driftspan/sketch';
import { rankViews } from './rank.js';
import { viewOfCompared, viewOfComparison } from './view/of-comparison.js';
import { viewOfMonitor, viewOfReported } from './view/of-monitor.js';
import { restored } from './view/restored.js';
import type { FeatureView, ReportView } from './view/view.js';
import { featureSentence } from './words/feature-sentence.js';
import { textOf } from './words/prose.js';
import { reportSentences } from './words/report-sentences.js';

/**
 * One to three sentences for a person: the verdict, what has moved, what the model answers now. Plain text in one line, of which control
 * characters in names are written out.
 */
export function explainReport(report: Comparison | Report): string {
  return reportSentences(viewOf(restored(report)))
    .map(textOf)
    .join(' ');
}

/** One sentence: why this verdict, with what moved in the feature's own units. Plain text, as `explainReport` gives. */
export function explainFeature(feature: ComparedFeature | FeatureReport): string {
  return textOf(featureSentence(viewOfFeature(feature)));
}

/** The worst verdict first, then the largest effect; what could not be judged stands before what is as in training. Equals keep their order. */
export function rankFeatures<F extends ComparedFeature | FeatureReport>(features: readonly F[]): readonly F[] {
  const byView = new Map(features.map(feature => [viewOfFeature(feature), feature]));
  return rankViews([...byView.keys()]).map(view => byView.get(view)!);
}

export function viewOf(report: Comparison | Report): ReportView {
  return 'schema' in report ? viewOfComparison(report) : viewOfMonitor(report);
}

function viewOfFeature(given: ComparedFeature | FeatureReport): FeatureView {
  const feature = restored(given);
  return 'judgement' in feature ? viewOfCompared(feature) : viewOfReported(feature);
}
