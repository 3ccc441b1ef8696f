// Prints what it was given, or fails.
if (process.argv[2] === 'broken') throw new Error('no such thing');
console.log('a line before');
console.log(JSON.stringify({ name: process.argv[2], args: process.argv.slice(3), pid: process.pid }));
