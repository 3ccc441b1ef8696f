import cliProgress from 'cli-progress';
import { coloursOf } from './colours.js';
import type { Io } from './io.js';
import { count, duration } from './words.js';

export interface Progress {
  /** Cheap: keeps the numbers, which a timer draws. */
  update(done: number, total: number | undefined): void;
  /** Clears what was drawn. Once is enough, more do nothing. */
  stop(): void;
}

/** Shorter work ends before anybody could read of it. */
const FIRST_AFTER_MS = 500;
const REDRAW_EVERY_MS = 100;
/** A log that nobody watches needs a sign of life, not a film. */
const LINE_EVERY_MS = 10_000;
const BAR_COLUMNS = 24;

/**
 * Tells on stderr how far a work is: a bar where that is a terminal, else a line every 10 s; nothing for the first half second,
 * and nothing with `--quiet`. `what` is a word such as `reading`, `unit` the plural of what is counted.
 */
export function startProgress(io: Io, what: string, unit: string): Progress {
  if (io.quiet === true) return { update() {}, stop() {} };
  return io.stderr.isTTY && io.env['TERM'] !== 'dumb' ? bar(io, what, unit) : lines(io, what, unit);
}

function lines(io: Io, what: string, unit: string): Progress {
  let told = '';
  const timer = setInterval(() => {
    if (told !== '') io.stderr.write(`  ${what}: ${told}\n`);
  }, LINE_EVERY_MS);
  timer.unref();
  return {
    update(done, total) {
      told = amount(done, total, unit);
    },
    stop() {
      clearInterval(timer);
    },
  };
}

function bar(io: Io, what: string, unit: string): Progress {
  const colours = coloursOf(io.stderr, io.env);
  const startedMs = performance.now();
  let done = 0;
  let total: number | undefined;
  let drawn: InstanceType<typeof cliProgress.SingleBar> | undefined;
  const format = () => {
    const told = done === 0 && total === undefined ? '' : amount(done, total, unit);
    if (total === undefined || total <= 0) return `  ${what}  ${told}`;
    const part = Math.min(done / total, 1);
    const full = Math.round(part * BAR_COLUMNS);
    const gauge = colours.cyan('━'.repeat(full)) + colours.dim('━'.repeat(BAR_COLUMNS - full));
    return `  ${what}  ${gauge} ${String(Math.floor(part * 100)).padStart(3)} %  ${told}${left(part, startedMs)}`;
  };
  const draw = () => {
    drawn ??= started(io, format);
    drawn.update(done);
  };
  let timer = setTimeout(() => {
    draw();
    timer = setInterval(draw, REDRAW_EVERY_MS).unref();
  }, FIRST_AFTER_MS).unref();
  return {
    update(nowDone, nowTotal) {
      done = nowDone;
      total = nowTotal;
    },
    stop() {
      clearTimeout(timer);
      drawn?.stop();
      drawn = undefined;
    },
  };
}

function started(io: Io, format: () => string): InstanceType<typeof cliProgress.SingleBar> {
  const drawn = new cliProgress.SingleBar({
    // cli-progress writes to it and asks for isTTY and columns, no more.
    stream: io.stderr as unknown as NodeJS.WritableStream,
    format,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
    forceRedraw: true,
  });
  drawn.start(1, 0);
  return drawn;
}

function amount(done: number, total: number | undefined, unit: string): string {
  return total === undefined ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`;
}

/** An estimate from the pace so far; none in the first tenth of a percent, where it would jump. */
function left(part: number, startedMs: number): string {
  if (part < 0.001 || part >= 1) return '';
  const passedMs = performance.now() - startedMs;
  return `  ${duration(Math.max(1000, (passedMs / part) * (1 - part)))} left`;
}
