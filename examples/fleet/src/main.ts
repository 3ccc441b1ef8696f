import { nodeProblem } from '@driftspan/example-flight-delays/node-version';

// Before anything else is loaded: what follows may not even parse on an old Node.
const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else {
  const { runCommand } = await import('./command.js');
  process.exitCode = await runCommand(process.argv.slice(2));
}
