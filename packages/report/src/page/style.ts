import { Html } from '../html/html.js';

/**
 * The page's one style sheet. System fonts, no picture, no address. Every text has a contrast of 4.5 to its ground in both schemes, lines and
 * marks 3; what a colour says a word or a shape says too.
 */
export const STYLE = new Html(`
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1b1b;--soft:#595959;--hair:#dcdcdc;--then:#c4c4c4;--then-line:#767676;--now:#0a5a9c;--band:#0a5a9c33;
--critical:#b00020;--warning:#8f4a00;--notice:#4a4a9e;--ok:#1e6b34;--insufficient:#595959}
@media (prefers-color-scheme:dark){:root{--ground:#131416;--ink:#e9e7e3;--soft:#a8a8a8;--hair:#34363a;--then:#55585e;--then-line:#90939a;--now:#6cb8ff;--band:#6cb8ff40;
--critical:#ff8a8a;--warning:#f2b04a;--notice:#aab4ff;--ok:#74cf90;--insufficient:#a8a8a8}}
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;background:var(--ground);color:var(--ink);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:72rem;padding:0 1.25rem 4rem;overflow-wrap:anywhere}
h1,h2,h3{line-height:1.2;margin:0;text-wrap:balance}
h2{font-size:1.25rem;margin:3.5rem 0 1rem}h3{font-size:1.05rem}p{margin:.5em 0}
a{color:inherit;text-decoration-color:var(--then-line);text-underline-offset:.2em}
a:focus-visible,summary:focus-visible,input:focus-visible{outline:3px solid var(--now);outline-offset:2px}
.q{font-weight:600}.id{font:.8rem ui-monospace,monospace}
small{color:var(--soft);font-size:.8125rem}
.n{text-align:right;font-variant-numeric:tabular-nums}
.hidden,.shapes{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:1}
.critical{--tone:var(--critical)}.warning{--tone:var(--warning)}.notice{--tone:var(--notice)}.ok{--tone:var(--ok)}.insufficient{--tone:var(--insufficient)}
.i{width:1em;height:1em;flex:none;fill:var(--tone)}.cut{stroke:var(--ground);stroke-width:2;fill:none}.line{stroke:var(--tone);stroke-width:2.4;fill:none}.dashed{stroke-width:1.6;stroke-dasharray:2.5 2.5}
.verdict{display:inline-flex;align-items:center;gap:.4em;color:var(--tone);white-space:nowrap;font-weight:600}
.opening{padding-top:2.5rem}.model{color:var(--soft);margin:0 0 .5rem}
h1{display:flex;gap:.5em;align-items:baseline;font-size:clamp(1.5rem,1rem + 2.4vw,2.5rem);color:var(--tone);letter-spacing:-.01em}h1 .i{width:.8em;height:.8em}h1 span{min-width:0}
.lead{font-size:clamp(1.05rem,.95rem + .5vw,1.3rem);line-height:1.45;max-width:48rem;margin:.8em 0}
.facts{margin:1.75rem 0 0;padding-top:1rem;border-top:1px solid var(--hair);color:var(--soft);font-size:.9375rem}.facts div{display:grid;grid-template-columns:7rem 1fr}.facts dt{font-weight:600}.facts dd{margin:0;min-width:0}
table{border-collapse:collapse;width:100%;font-size:.9375rem}caption{text-align:left;color:var(--soft);padding-bottom:.75rem;font-size:.875rem;max-width:48rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-top:1px solid var(--hair);font-weight:400}th.n,td.n{text-align:right}
thead th{color:var(--soft);font-size:.8125rem;border-top:0;vertical-align:bottom}
.ranking th[scope=row]{font-weight:600;min-width:13rem}.ranking .why{width:38%}.ranking small{display:block;white-space:nowrap}.ranking .scale{width:12rem;min-width:9rem}
.ranking .psi{white-space:nowrap}.group th{font-weight:600;color:var(--soft);padding-top:1.25rem}.none{color:var(--soft)}
.strip{position:relative;display:block;height:1.4em;margin:0 .6rem}.strip i{position:absolute;font-style:normal}
.strip .t{top:-.4rem;bottom:-.4rem;width:1px;background:var(--then-line)}.strip .t.c{width:2px}
.strip .w:not(.t){top:50%;height:2px;margin-top:-1px;background:var(--tone);min-width:1px}.strip .d{top:50%;width:.6rem;height:.6rem;margin:-.3rem;border-radius:50%;background:var(--tone);box-shadow:0 0 0 2px var(--ground)}
.axis{height:1.2em}.axis i{transform:translateX(-50%);white-space:nowrap;font-variant-numeric:tabular-nums}
.filter{display:none;border:0;padding:0;margin:0 0 1rem}.filter legend{float:left;margin-right:1rem;padding:0;color:var(--soft)}.filter label{margin-right:1.25rem;white-space:nowrap}.filter input{margin:0 .4em 0 0;accent-color:var(--now)}
@supports selector(:has(*)){.filter{display:block}
body:has(#show-moved:checked) [data-v]:not([data-v=critical],[data-v=warning]),body:has(#show-unjudged:checked) [data-v]:not([data-v=insufficient]){display:none}}
article{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:.25rem 2.5rem;padding:1.5rem 0;border-top:1px solid var(--hair);break-inside:avoid}
article header{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;margin-bottom:.25rem}
.told p{margin:0 0 .75em}.drawn{min-width:0}figure{margin:0 0 1rem}.key{color:var(--soft);font-size:.8125rem}.key i{display:inline-block;width:1.1rem;height:.55rem;margin:0 .4em 0 0}.key .now{margin-left:1em;background:var(--now)}.key .then{background:var(--then)}figcaption{color:var(--soft);font-size:.8125rem;margin-top:.4rem}
.density>div{padding:0 1rem}.density svg{display:block;width:100%;height:9rem;border-bottom:1px solid var(--then-line);overflow:hidden}
.density path{vector-effect:non-scaling-stroke}path.then{fill:var(--then)}path.band{fill:var(--band)}path.now{fill:none;stroke:var(--now);stroke-width:2}path.mean{fill:none;stroke:var(--then-line);stroke-dasharray:2 3}path.mean.now{stroke:var(--now);stroke-width:1}
.marks{position:relative;height:2.8em;font-size:.8125rem;line-height:1.3;margin-bottom:.2rem}.mark{position:absolute;white-space:nowrap;font-variant-numeric:tabular-nums}
.mark.then{top:0;color:var(--soft)}.mark.now{top:1.35em;color:var(--now);font-weight:600}.mark.mid{transform:translateX(-50%)}.mark.to{transform:translateX(-100%)}
.ticks{position:relative;height:1.4em;font-size:.75rem;color:var(--soft)}.ticks i{position:absolute;white-space:nowrap;font-style:normal;transform:translateX(-50%);font-variant-numeric:tabular-nums;top:.2em}.ticks .low{left:-.7rem}.ticks .high{left:calc(100% + .7rem)}
.bar{display:grid;grid-template-columns:minmax(4rem,9rem) minmax(0,1fr) 11.5rem;gap:.75rem;align-items:center;padding:.15rem 0;font-size:.875rem}.bar .label{min-width:0}.bar .n{white-space:nowrap}.bar em{color:var(--soft);font-style:normal}
.track{position:relative;height:1.4rem;overflow:hidden}.track i{position:absolute;left:0;height:.55rem;min-width:1px}.track .then{top:.1rem;background:var(--then)}.track .now{top:.7rem;background:var(--now)}
.track .w{top:.925rem;height:2px;background:var(--ink);box-shadow:0 0 0 1px var(--ground)}
details{margin:.5rem 0;font-size:.9375rem}summary{cursor:pointer;color:var(--soft);width:fit-content}.bins{font-size:.8125rem;margin:.5rem 0}.bins th,.bins td{padding:.15rem .6rem .15rem 0}.bins td,.bins th+th{text-align:right;font-variant-numeric:tabular-nums}.bins caption{padding:.25rem 0}.bins em{font-style:normal;color:var(--soft)}
.measures{margin:.5rem 0;font-size:.8125rem}.measures div{display:flex;justify-content:space-between;gap:1rem}.measures dt{color:var(--soft)}.measures dd{margin:0;font-variant-numeric:tabular-nums}
.grown{padding-left:1.2rem;margin:.5rem 0;font-size:.875rem}
.method{max-width:48rem;color:var(--soft);font-size:.9375rem}.method h2,.method strong{color:var(--ink)}
@media screen and (max-width:52rem){article{grid-template-columns:minmax(0,1fr)}
.ranking caption{display:block}.ranking,.ranking tbody{display:block}.ranking thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.ranking tr{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1rem;border-top:1px solid var(--hair);padding:.6rem 0}.ranking .group{display:block}.ranking th,.ranking td,.ranking th[scope=row]{border:0;padding:.1rem 0;width:auto;max-width:none;min-width:0}
.ranking td:nth-child(2){text-align:right}.ranking .psi{grid-area:2/1}.ranking .missing{grid-area:2/2;text-align:right}.ranking .scale{grid-area:3/1/auto/-1;width:auto}.ranking .why{grid-area:4/1/auto/-1;width:auto}.ranking .psi{text-align:left}.ranking small{display:inline}.psi::before{content:"PSI "}.missing.n::before{content:"missing "}
.facts div{grid-template-columns:5.5rem 1fr}.bar{grid-template-columns:minmax(0,1fr) auto}.bar .track{grid-column:1/-1;grid-row:2}.bar .label{grid-area:1/1}.bar .n{grid-area:1/2}}
@media screen and (max-width:32rem){.ranking .psi{grid-area:2/1/auto/-1}.ranking .missing{grid-area:3/1/auto/-1;text-align:left}.ranking .scale{grid-area:4/1/auto/-1}.ranking .why{grid-area:5/1/auto/-1}}
@page{margin:14mm}
@media print{:root{color-scheme:light;--ground:#fff;--ink:#000;--soft:#444;--hair:#ccc;--then:#c4c4c4;--then-line:#767676;--now:#0a5a9c;--band:#0a5a9c33;--critical:#b00020;--warning:#8f4a00;--notice:#4a4a9e;--ok:#1e6b34;--insufficient:#444}
.filter,.skip{display:none}body{max-width:none;padding:0}html{font-size:11px}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}h2{break-after:avoid}tr{break-inside:avoid}details:not([open]){display:none}}
`);
