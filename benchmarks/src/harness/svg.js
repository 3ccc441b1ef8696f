import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

/** Okabe & Ito's colours, which most colour-blind readers tell apart. */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'];

/** Size and look of every plot of these pages, where a plot does not say otherwise. */
const LOOK = {
  width: 560,
  height: 320,
  background: 'white',
  padding: 12,
  config: { font: 'sans-serif', aria: false, legend: { labelLimit: 400 } },
};

/** Draws a plot of vega-lite into an SVG file. */
export async function writeSvg(file, spec) {
  const { config, ...rest } = spec;
  const whole = { ...LOOK, ...rest, config: { ...LOOK.config, ...config } };
  const svg = await new View(parse(compile(whole).spec), { renderer: 'none' }).toSVG();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${svg}\n`);
}
