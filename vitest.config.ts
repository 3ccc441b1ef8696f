import { defineConfig } from 'vitest/config';

// Source runs without a build: this condition maps every workspace package to its src/.
const conditions = ['@driftspan/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['{packages,examples}/*/test/**/*.test.ts', 'benchmarks/test/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/report.json' }]],
    setupFiles: ['test/setup/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores; several suites start real servers and child processes.
    maxWorkers: 2,
  },
});
