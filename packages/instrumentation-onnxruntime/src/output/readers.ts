import type { OutputReaders } from '@driftspan/core';
import type { ModelConfig, OutputConfig } from '../config.js';
import type { Feeds, Results, ValueMetadata } from '../runtime.js';
import { ClassScores } from './class-scores.js';
import { findOutputs } from './find-outputs.js';
import { dataOf, halfFloat, isHalf } from './tensor-numbers.js';

type Readers = OutputReaders<Results, Feeds>;

/** How a session's results are read: as the configuration says, else as the outputs' names, types and shapes suggest; undefined for not at all. */
export function outputReaders(outputs: readonly ValueMetadata[], { output, labels }: ModelConfig): Readers | undefined {
  if (output === 'none') return undefined;
  const readers = readersOf(output ?? findOutputs(outputs), labels);
  return Object.keys(readers).some(key => key !== 'rows') ? readers : undefined;
}

function readersOf({ logits, label, confidence, value, rows }: OutputConfig, labels: readonly string[] = []): Readers {
  const readers: Readers = {};
  if (logits !== undefined) {
    const scores = new ClassScores(logits, labels);
    readers.label = (results, _row, index) => scores.label(results, index);
    readers.confidence = (results, _row, index) => scores.confidence(results, index);
    readers.rows = results => scores.rows(results);
  }
  if (typeof label === 'string') {
    readers.label = (results, _row, index) => classAt(results, label, index, labels);
    readers.rows = results => rowsOf(results, label);
  } else if (label !== undefined) readers.label = label;
  if (typeof value === 'string') {
    readers.value = (results, _row, index) => numberAt(results, value, index);
    readers.rows ??= results => rowsOf(results, value);
  } else if (value !== undefined) readers.value = value;
  if (confidence !== undefined) readers.confidence = confidence;
  if (rows !== undefined) readers.rows = rows;
  return readers;
}

/** The first size of `[batch]` or `[batch, 1]`; 1 where the output was not fetched, or has no sizes. */
function rowsOf(results: Results, name: string): number {
  return results[name]?.dims[0] ?? 1;
}

/** A class that the model gave itself, as a number or in words. */
function classAt(results: Results, name: string, index: number, labels: readonly string[]): string | undefined {
  const found = dataOf(results[name])?.[index];
  if (found === undefined) return undefined;
  return typeof found === 'string' ? found : (labels[Number(found)] ?? String(found));
}

function numberAt(results: Results, name: string, index: number): number | undefined {
  const tensor = results[name];
  const data = dataOf(tensor);
  const found = data?.[index];
  if (found === undefined) return undefined;
  return isHalf(tensor!, data!) ? halfFloat(found as number) : Number(found);
}
