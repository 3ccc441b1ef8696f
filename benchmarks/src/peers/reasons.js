/** Of which a span is all that is made: nothing of the input is looked at. */
const WITHOUT_INPUT = new Set(['hand', 'openinference-hidden', 'langfuse-off', 'traceloop-off', 'openlit-result']);

/** Why a wrapper may add less to a call than Driftspan does; undefined where no reason is known. */
export function reasonFor({ wrapper, input, mode }) {
  const hasNoInput = WITHOUT_INPUT.has(wrapper) || (wrapper === 'hand-input' && mode !== 'sampled');
  if (!hasNoInput) return undefined;
  if (mode === 'none')
    return 'Without an SDK a span does nothing and records nothing. Driftspan counts all the same, for `report()` and for the metrics of an SDK that is registered later.';
  if (input !== 'row')
    return 'Nothing of the input is looked at. Driftspan reads up to 4,096 of its numbers at every call.';
  if (mode === 'sampled')
    return 'A span of few attributes is all that is made. Driftspan makes a span of the same attributes, and counts: that is on top.';
  return undefined;
}
