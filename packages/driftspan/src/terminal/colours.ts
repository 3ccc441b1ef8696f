import type { Verdict } from '@driftspan/sketch';
import picocolors from 'picocolors';
import type { Output } from './io.js';

/** Each member colours a text, or gives it back as it is. */
export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours of that stream: only on a terminal, and as NO_COLOR, FORCE_COLOR and TERM=dumb say. */
export function coloursOf(output: Output, env: NodeJS.ProcessEnv): Colours {
  return picocolors.createColors(mayColour(output, env));
}

/** FORCE_COLOR wins, since who sets it has a viewer that is no terminal (a CI log); `0` and `false` there mean none. */
function mayColour(output: Output, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return output.isTTY && env['TERM'] !== 'dumb';
}

/** The verdict's word stands beside every colour: nothing is told by colour alone. */
export function verdictColour(verdict: Verdict, colours: Colours): (text: string) => string {
  switch (verdict) {
    case 'critical':
      return text => colours.bold(colours.red(text));
    case 'warning':
      return colours.yellow;
    case 'notice':
      return colours.cyan;
    case 'ok':
      return colours.green;
    case 'insufficient':
      return colours.dim;
  }
}
