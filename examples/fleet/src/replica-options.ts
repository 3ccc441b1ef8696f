import type { TrafficOptions } from './traffic.js';

/** How many processes serve the model. */
export const REPLICAS = 8;

/** All that a replica is told: one JSON document, its only argument. */
export interface ReplicaOptions extends TrafficOptions {
  /** Of the whole fleet; a replica has its share of them. */
  readonly flightsPerSecond: number;
  /** Where the metrics are sent, as OTLP over HTTP, and how often; without it they are not. */
  readonly collector?: { readonly url: string; readonly intervalMs: number };
  /** The port on which Prometheus finds the metrics, 0 for a free one; without it none is opened. */
  readonly servePort?: number;
  /** Where every row is written down before the model is asked. */
  readonly log?: string;
}

/** What a replica tells the process that started it. */
export type ReplicaMessage =
  /** It has loaded what it needs and waits for {@link TAKE_FLIGHTS}; every series of it is there, at 0. */
  | { readonly is: 'ready'; readonly instanceId: string; readonly port: number | undefined }
  /** How many flights it was asked about, once a second and at its end. */
  | { readonly is: 'asked'; readonly flights: number };

/** What it waits for. SIGTERM drains it. */
export const TAKE_FLIGHTS = 'take flights';
