import { defineConfig } from 'vitest/config';

// Source runs without a build: this condition maps every workspace package to its src/.
const conditions = ['@driftspan/source', 'node'];

// Apart from the other tests, since they need a browser: CHROMIUM_BIN, or a Chromium on the PATH.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/report/browser/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/browser-report.json' }]],
    setupFiles: ['test/setup/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
