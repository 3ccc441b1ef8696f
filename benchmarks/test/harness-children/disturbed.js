// A child whose first process of a name is disturbed: it finds out by a file beside which it leaves one.
import { existsSync, writeFileSync } from 'node:fs';

const [name, folder] = process.argv.slice(2);
const met = `${folder}/${name}`;
const isFirst = !existsSync(met);
writeFileSync(met, '');
console.log(JSON.stringify({ name, isFirst, yardstick: isFirst && name === 'b' ? 8 : 5 }));
