import type { Fault } from './fault-gate.js';

/** A time under one fault; `killed`: the Collector ends by SIGKILL and its port refuses until the phase is over. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly fault: Fault | 'killed';
}

const NONE: Fault = { is: 'none' };

export interface PhaseTimes {
  /** Of the phases without a fault, before and after. */
  readonly quiet: number;
  readonly killed: number;
  /** Of each other fault. */
  readonly fault: number;
  /** Longer than the exporters' timeout. */
  readonly slowerThanTimeoutMs: number;
}

export const STEADY = 'steady';
export const RECOVERED = 'recovered';

/** All that a Collector does on a bad day, one after the other. */
export function badDay({ quiet, killed, fault, slowerThanTimeoutMs }: PhaseTimes): Phase[] {
  return [
    // What starts a process up is not what is compared.
    { name: 'warming up', seconds: quiet, fault: NONE },
    { name: STEADY, seconds: quiet, fault: NONE },
    { name: 'killed', seconds: killed, fault: 'killed' },
    { name: 'back', seconds: quiet, fault: NONE },
    { name: 'slow', seconds: fault, fault: { is: 'delay', ms: 500 } },
    { name: 'slower than the timeout', seconds: fault, fault: { is: 'delay', ms: slowerThanTimeoutMs } },
    { name: 'answering 500', seconds: fault, fault: { is: 'answer', status: 500 } },
    { name: 'answering 503', seconds: fault, fault: { is: 'answer', status: 503 } },
    {
      name: 'answering 503 with Retry-After',
      seconds: fault,
      fault: { is: 'answer', status: 503, retryAfterSeconds: 1 },
    },
    { name: 'answering 429', seconds: fault, fault: { is: 'answer', status: 429 } },
    { name: 'closing within the request', seconds: fault, fault: { is: 'cut request' } },
    { name: 'closing within the answer', seconds: fault, fault: { is: 'cut answer' } },
    { name: 'silent', seconds: fault, fault: { is: 'silence' } },
    { name: RECOVERED, seconds: quiet, fault: NONE },
  ];
}
