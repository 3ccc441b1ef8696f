// node run-case.js CASE: one service under load from its start to its end, as one line of JSON.
import { CASES } from './cases.js';
import { OPTIONS, runService } from './run-service.js';

const [name] = process.argv.slice(2);
console.log(JSON.stringify(await runService(CASES[name], JSON.parse(process.env[OPTIONS]))));
