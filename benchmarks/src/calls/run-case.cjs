// The same child with the packages required, as an application in CommonJS has them.
const packages = {
  api: require('@opentelemetry/api'),
  asyncHooks: require('@opentelemetry/context-async-hooks'),
  core: require('@driftspan/core'),
  sdkMetrics: require('@opentelemetry/sdk-metrics'),
  sdkTrace: require('@opentelemetry/sdk-trace'),
  sketch: require('@driftspan/sketch'),
};

import('./measure-case.js').then(({ measureCase }) => measureCase(packages, process.argv.slice(2)));
