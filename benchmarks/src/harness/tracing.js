import * as api from '@opentelemetry/api';
import * as asyncHooks from '@opentelemetry/context-async-hooks';
import * as sdkTrace from '@opentelemetry/sdk-trace';
import { tracingWith } from './tracing-with.js';

export const { startTracing, parent } = tracingWith({ api, asyncHooks, sdkTrace });
