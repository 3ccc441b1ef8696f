const NEEDED = [20, 19] as const;

/** What is wrong with this version of Node, or undefined. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined;
  return `The demo needs Node ${NEEDED.join('.')} or newer; this is ${version}.`;
}
