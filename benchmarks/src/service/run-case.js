// node run-case.js CASE: one service under load from its start to its end, as one line of JSON.
import { besideYardstick } from '../harness/yardstick.js';
import { CASES } from './cases.js';
import { OPTIONS, runService } from './run-service.js';

const [name] = process.argv.slice(2);
const options = JSON.parse(process.env[OPTIONS]);
console.log(JSON.stringify(await besideYardstick(look => runService(CASES[name], options, look))));
