/** Which kinds usually follow which: shipped counts and this person's own habit (older picks count less). Ranks quick add. */
import type { Kind } from '../../kind/kind.ts';
import type { Storage } from '../state/storage.ts';

/** Out of a port of this kind or type → kinds that people put next, most usual first. */
const USUAL: Record<string, readonly string[]> = {
  'data.file-import': [
    'prepare.split',
    'prepare.fill-missing',
    'look.profile',
    'prepare.select-columns',
    'prepare.edit-metadata',
    'look.table',
  ],
  'data.sample': ['prepare.split', 'look.profile', 'prepare.fill-missing', 'prepare.select-columns'],
  'prepare.split': [
    'learn.boosting',
    'learn.logistic',
    'learn.linear',
    'learn.neural-network',
    'evaluate.score',
    'evaluate.evaluate',
    'evaluate.train',
  ],
  'evaluate.score': ['evaluate.evaluate', 'look.table', 'data.save'],
  'out:table': [
    'prepare.split',
    'prepare.select-columns',
    'prepare.fill-missing',
    'prepare.filter-rows',
    'prepare.formula',
    'features.encode',
    'features.normalise',
    'learn.boosting',
    'look.table',
    'look.profile',
  ],
  'out:model': [
    'evaluate.evaluate',
    'evaluate.score',
    'deliver.register-model',
    'deliver.export-onnx',
    'evaluate.explain',
    'evaluate.effects',
    'evaluate.combine',
  ],
  'out:learner': ['evaluate.cross-validate', 'evaluate.train'],
  'out:results': ['deliver.register-model'],
  'in:table': ['data.file-import', 'data.sample', 'prepare.split', 'prepare.select-columns', 'prepare.fill-missing'],
  'in:model': ['learn.boosting', 'learn.logistic', 'learn.linear', 'learn.tree', 'learn.neural-network', 'deliver.load-model'],
  'in:learner': ['learn.boosting', 'learn.logistic', 'learn.linear', 'learn.tree'],
  'in:results': ['evaluate.evaluate', 'evaluate.cross-validate'],
};
const DECAY = 0.95;
type Habit = Record<string, Record<string, number>>;

/** Remembers that `kind` was put next to this port. */
export function learnHabit(storage: Storage, context: readonly string[], kind: string): void {
  const habit = storage.read<Habit>('habit', {});
  for (const key of context) {
    const counts = habit[key] ?? {};
    for (const id of Object.keys(counts)) counts[id] *= DECAY;
    counts[kind] = (counts[kind] ?? 0) + 1;
    habit[key] = counts;
  }
  storage.write('habit', habit);
}

/** `context` from narrow to wide: the neighbour's kind id, then `out:table` or `in:model`. */
export function rankNext(kinds: readonly Kind[], context: readonly string[], storage: Storage): Kind[] {
  const habit = storage.read<Habit>('habit', {});
  const score = (kind: Kind) =>
    context.reduce((sum, key, i) => {
      const list = USUAL[key] ?? [];
      const at = list.indexOf(kind.id);
      const weight = i === 0 ? 2 : 1;
      return sum + weight * ((at < 0 ? 0 : 2 - at / list.length) + (habit[key]?.[kind.id] ?? 0));
    }, 0);
  return kinds
    .map((kind, i) => ({ kind, i, score: score(kind) }))
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .map((item) => item.kind);
}
