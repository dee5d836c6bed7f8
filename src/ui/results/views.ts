/** Which views a node's outputs offer, in the order of what people look for first; pure. */
import type { ValueInfo } from '../../events/event.ts';
import type { Results } from '../../recipe/results.ts';

export type ViewId =
  | 'race'
  | 'guards'
  | 'fan'
  | 'errors'
  | 'decomposition'
  | 'lags'
  | 'overview'
  | 'models'
  | 'curves'
  | 'threshold'
  | 'calibration'
  | 'residuals'
  | 'folds'
  | 'importance'
  | 'model'
  | 'inside'
  | 'signature'
  | 'artefact'
  | 'bars'
  | 'effects'
  | 'table'
  | 'profile'
  | 'learner'
  | 'log';

/** Telling outputs first: a learner node gives a learner and a model, and the model is what one wants to see. */
const ORDER = ['results', 'model', 'artefact', 'table', 'learner'];

/** Views of a set of results: thresholds only for two classes with probabilities, folds only after cross-validation. */
export function resultViews(results: Pick<Results, 'task' | 'classes' | 'models' | 'race' | 'fan' | 'errors' | 'decomposition'>): ViewId[] {
  if (results.task === 'forecast') return seriesViews(results);
  const [first] = results.models;
  if (!first) return [];
  const classify = results.task === 'classify';
  const scored = classify && first.probabilities !== undefined;
  const some = (has: (model: Results['models'][number]) => unknown) => results.models.some((model) => has(model));
  return [
    ...(results.race ? (['race'] as const) : []),
    ...(results.race?.guards ? (['guards'] as const) : []),
    'overview',
    ...(results.models.length > 1 ? (['models'] as const) : []),
    ...(scored ? (['curves'] as const) : []),
    ...(scored && results.classes?.length === 2 ? (['threshold'] as const) : []),
    ...(scored ? (['calibration'] as const) : []),
    ...(results.task === 'regress' ? (['residuals'] as const) : []),
    ...(some((model) => (model.foldMetrics?.length ?? 0) > 1) ? (['folds'] as const) : []),
    ...(some(({ importances, shuffled }) => (importances?.length ?? 0) + (shuffled?.length ?? 0) > 0) ? (['importance'] as const) : []),
  ];
}

function seriesViews({
  models,
  race,
  fan,
  errors,
  decomposition,
}: Pick<Results, 'models' | 'race' | 'fan' | 'errors' | 'decomposition'>): ViewId[] {
  return [
    ...(race ? (['race'] as const) : []),
    ...(race?.guards ? (['guards'] as const) : []),
    ...(fan ? (['fan'] as const) : []),
    ...(errors ? (['errors'] as const) : []),
    ...(models.length > 1 ? (['models'] as const) : []),
    ...(models.some((model) => (model.foldMetrics?.length ?? 0) > 1) ? (['folds'] as const) : []),
    ...(decomposition ? (['decomposition', 'lags'] as const) : []),
  ];
}

const OF_TYPE: Record<string, ViewId[]> = {
  model: ['model', 'inside', 'signature'],
  artefact: ['artefact'],
  table: ['table', 'profile'],
  learner: ['learner'],
};

/** All views of a node, the log last. `first` names a view to start with (a profile node starts with its profile). */
export function viewsFor(outputs: Readonly<Record<string, ValueInfo>>, results: Results | undefined, first?: string): ViewId[] {
  const types = new Set(Object.values(outputs).map((value) => value.type));
  const views = ORDER.filter((type) => types.has(type)).flatMap((type) =>
    type === 'results' ? (results ? resultViews(results) : []) : OF_TYPE[type],
  );
  // A node whose second table tells of what it found draws that one.
  if ((first === 'bars' || first === 'effects') && portsOf(outputs, 'table').length > 1) views.unshift(first);
  const lead = views.find((view) => view === first);
  return [...(lead ? [lead, ...views.filter((view) => view !== lead)] : views), 'log'];
}

/** Ports that carry values of `type`, in the node's order. */
export const portsOf = (outputs: Readonly<Record<string, ValueInfo>>, type: string): [string, ValueInfo][] =>
  Object.entries(outputs).filter(([, value]) => value.type === type);
