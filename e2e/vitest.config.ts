import { defineConfig } from 'vitest/config';
import { LongestFirst } from './src/longest-first.js';

// Source runs without a build: this condition maps every workspace package to its src/.
const conditions = ['@driftspan/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['e2e/test/**/*.test.ts'],
    globalSetup: ['e2e/src/binaries.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/fleet-report.json' }]],
    setupFiles: ['test/setup/seed.ts'],
    // Scrapes, tiles and alerts take real time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // More than the two cores: most of a file is waiting for scrapes and tiles.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
