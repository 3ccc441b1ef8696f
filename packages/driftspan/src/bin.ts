// Node ends with 1 where nobody catches, which would read as drift: whatever goes wrong unforeseen, a broken installation too, is 2.
process.on('uncaughtException', error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(2);
});

const [{ run }, { processIo }] = await Promise.all([import('./program.js'), import('./terminal/process-io.js')]);
process.exitCode = await run(process.argv.slice(2), processIo());
