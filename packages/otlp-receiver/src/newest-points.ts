import { type Attributes, attributesKey } from './attributes.js';
import type { MetricPoint } from './metric-point.js';

/**
 * The newest point of each series, at most `keep` of them; past that the series not heard from for longest goes.
 *
 * A series is the service instance (`service.instance.id`, or the whole resource where there is none), the scope,
 * the metric's name and its attribute set. A point older than the kept one, by `timeUnixNano`, changes nothing.
 */
export class NewestPoints {
  readonly #keep: number;
  // Insertion order is the order of the last update: the first key is the one to drop.
  readonly #bySeries = new Map<string, MetricPoint>();

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(points: readonly MetricPoint[]): void {
    // A request holds one object per resource, so its key is made once and not once per point.
    const resourceKeys = new Map<Attributes, string>();
    for (const point of points) {
      const resourceKey = resourceKeys.get(point.resource) ?? instanceKey(point.resource);
      resourceKeys.set(point.resource, resourceKey);
      const { scope, name, attributes } = point;
      const series = JSON.stringify([resourceKey, scope.name, scope.version, name, attributesKey(attributes)]);
      const kept = this.#bySeries.get(series);
      if (kept !== undefined && kept.timeUnixNano > point.timeUnixNano) continue;
      this.#bySeries.delete(series);
      this.#bySeries.set(series, point);
      if (this.#bySeries.size > this.#keep) {
        for (const oldest of this.#bySeries.keys()) {
          this.#bySeries.delete(oldest);
          break;
        }
      }
    }
  }

  /** Every kept point, the one updated last at the end. */
  all(): MetricPoint[] {
    return [...this.#bySeries.values()];
  }

  /** The kept points of a metric whose attributes hold every pair of `where`; walks all series. */
  named(name: string, where: Readonly<Record<string, string | number | boolean>> = {}): MetricPoint[] {
    const pairs = Object.entries(where);
    const found: MetricPoint[] = [];
    for (const point of this.#bySeries.values()) {
      if (point.name === name && pairs.every(([key, value]) => point.attributes[key] === value)) found.push(point);
    }
    return found;
  }

  clear(): void {
    this.#bySeries.clear();
  }
}

function instanceKey(resource: Attributes): string {
  const id = resource['service.instance.id'];
  return id === undefined ? attributesKey(resource) : attributesKey({ 'service.instance.id': id });
}
