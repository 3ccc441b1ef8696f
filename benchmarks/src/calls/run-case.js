// A child: node run-case.js <case> time|bytes [short], with the packages imported.
import * as core from '@driftspan/core';
import * as sketch from '@driftspan/sketch';
import * as api from '@opentelemetry/api';
import * as asyncHooks from '@opentelemetry/context-async-hooks';
import * as sdkMetrics from '@opentelemetry/sdk-metrics';
import * as sdkTrace from '@opentelemetry/sdk-trace';
import { measureCase } from './measure-case.js';

await measureCase({ api, asyncHooks, core, sdkMetrics, sdkTrace, sketch }, process.argv.slice(2));
