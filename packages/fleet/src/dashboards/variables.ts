import {
  AdHocVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from './queries.js';

/** Where the runbooks are until the operator writes the address of a copy into the variable. */
const RUNBOOKS = 'docs/runbooks';

export function datasourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

/** Several models, all of them at first. */
export function modelsVariable(): QueryVariableBuilder {
  return several(labelValues('model', 'Model', 'ml:inference:window', 'ml_model_name'));
}

export function modelVariable(): QueryVariableBuilder {
  return labelValues('model', 'Model', 'ml:inference:window', 'ml_model_name');
}

export function versionVariable(): QueryVariableBuilder {
  return several(labelValues('version', 'Version', 'ml:inference:window{ml_model_name="$model"}', 'ml_model_version'));
}

export function featureVariable(): QueryVariableBuilder {
  const metric = 'ml:feature_psi{ml_model_name="$model",ml_model_version=~"$version"}';
  return labelValues('feature', 'Feature', metric, 'ml_feature_name');
}

/** The windows of the rules that are loaded: the default rules have `1h` and `1d`. */
export function windowVariable(): QueryVariableBuilder {
  return labelValues('window', 'Window', 'ml:inference:window', 'ml_window').current({ text: '1d', value: '1d' });
}

/** Any further label, such as those of the rules' `by` option or the data source's own. */
export function filtersVariable(): AdHocVariableBuilder {
  return new AdHocVariableBuilder('filters').label('Filters').datasource(DATASOURCE);
}

/** The address before `/MlDriftCritical.md`. Hidden: it is set once, in the dashboard's settings. */
export function runbooksVariable(): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder('runbooks')
    .label('Runbooks')
    .description('Address of your copy of the runbook pages, before /MlDriftCritical.md')
    .defaultValue(RUNBOOKS)
    .current({ text: RUNBOOKS, value: RUNBOOKS })
    .hide(VariableHide.HideVariable);
}

function labelValues(name: string, title: string, metric: string, label: string): QueryVariableBuilder {
  const query = `label_values(${metric}, ${label})`;
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(DATASOURCE)
    .query({ query, refId: 'StandardVariableQuery' })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
}

/** `.*` also matches series without the label, such as alerts that are not of one model. */
function several(variable: QueryVariableBuilder): QueryVariableBuilder {
  return variable
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: ['All'], value: ['$__all'] });
}
