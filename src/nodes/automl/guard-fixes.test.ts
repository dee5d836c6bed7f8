/** Each fix of a guardrail is run as the step it becomes: after it the check has nothing to say any more. */
import { expect, test } from 'vitest';
import { guardrails } from '../../automl/guardrails.ts';
import { stream } from '../../base/random.ts';
import { featuresOf } from '../../recipe/fit-model.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Guard } from '../../recipe/guard.ts';
import type { Results } from '../../recipe/results.ts';
import { columnNamed, tableOf } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';

const draw = stream('fixes-run');
const N = 240;
const list = <T>(of: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => of(i));
const y = list((i) => (i < 3 ? 'rare' : i % 2 === 0 ? 'yes' : 'no'));
const messy = tableOf({
  a: ['number', list(() => draw.normal())],
  holed: ['number', list((i) => (i % 50 === 3 ? null : draw.normal()))],
  gappy: ['category', list((i) => (i % 60 === 3 ? null : 'uvw'[i % 3]))],
  mixed: ['category', list((i) => (i % 80 === 10 ? 'unknown' : String(i % 37)))],
  flat: ['category', list(() => 'same')],
  told: ['category', list((i) => ({ yes: 'ja', no: 'nein', rare: 'rar' })[y[i]] ?? '')],
  key: ['category', list((i) => `row-${i}`)],
  wide: ['category', list((i) => `v${Math.floor(i / 2)}`)],
  day: ['datetime', list((i) => Date.UTC(2024, 0, 1 + i))],
  y: ['category', y.map((value, i) => (i === 7 || i === 9 ? null : value))],
});

const classesIn = (frame: Frame) => {
  const column = columnNamed(frame.table, 'y');
  const codes = column.type === 'category' ? column.codes : [];
  const labels = column.type === 'category' ? column.dictionary : [];
  return [...new Set(codes)].flatMap((code) => (code < 0 ? [] : [labels[code]])).sort();
};
function look(frame: Frame): Map<string, Guard> {
  const goal = { task: 'classify' as const, target: 'y', classes: classesIn(frame) };
  return new Map(guardrails(frame.table, featuresOf(frame.table, {}, 'y'), goal).map((guard) => [guard.check, guard]));
}
const before = look(rawFrame(messy));

test.each([
  ['target', 'passed'],
  ['class sizes', 'passed'],
  ['missing values', 'passed'],
  ['mixed types', 'passed'],
  ['constant columns', 'passed'],
  ['many categories', 'passed'],
  ['row keys', 'passed'],
  ['leakage', 'passed'],
])('%s: the step that it offers runs, and it is %s afterwards', async (check, state) => {
  const { fix, state: was } = before.get(check)!;
  expect(was).not.toBe('passed');
  expect(fix?.command).toBe('add-before');
  const { kind, params } = fix!.args as { kind: string; params: Record<string, never> };
  const { outputs } = await runKind(kind, params, { table: rawFrame(messy) });
  expect(look(outputs.table as Frame).get(check)).toMatchObject({ check, state });
});

test('repeated rows: their step leaves each once', async () => {
  const twice = tableOf({
    a: ['number', list((i) => Math.floor(i / 4))],
    b: ['number', list((i) => (Math.floor(i / 4) * 7) % 97)],
    y: ['category', list((i) => (i % 8 < 4 ? 'yes' : 'no'))],
  });
  const { fix } = look(rawFrame(twice)).get('repeated rows')!;
  const { kind, params } = fix!.args as { kind: string; params: Record<string, never> };
  const { outputs } = await runKind(kind, params, { table: rawFrame(twice) });
  expect((outputs.table as Frame).table.rowCount).toBe(N / 4);
  expect(look(outputs.table as Frame).get('repeated rows')).toMatchObject({ state: 'passed' });
});

test('settings that are offered are taken: judged forward in time, classes weighed; what is said looks at the columns that came in', async () => {
  const params = { seconds: null, trials: 1, boosting: false, forest: false, network: false, kernel: false, neighbours: false };
  const features = { names: ['a', 'mixed', 'day'] };
  const skewed = tableOf({
    ...Object.fromEntries(['a', 'mixed', 'day'].map((name, i) => [name, [['number', 'category', 'datetime'][i], cellsOf(name)]])),
    y: ['category', list((i) => (i % 10 === 0 ? 'yes' : 'no'))],
  } as Parameters<typeof tableOf>[0]);
  const guards = async (more: Record<string, string>) => {
    const { outputs, problems } = await runKind(
      'automl.tables',
      { ...params, target: 'y', features, ...more },
      { table: rawFrame(skewed) },
    );
    const said = (outputs.results as Results).race!.guards!;
    return { problems, state: Object.fromEntries(said.map((guard) => [guard.check, guard])) };
  };
  const first = await guards({});
  expect(first.state['time order'].fix?.args.params).toEqual({ validation: 'time', time: 'day' });
  expect(first.state['class balance'].fix?.args.params).toEqual({ class_weight: 'balanced' });
  expect(first.state['mixed types'].columns).toEqual(['mixed']);
  const warned = first.problems.find(({ message }) => message.startsWith('Rows belong to times'));
  expect(warned).toMatchObject({ severity: 'warning', fix: { label: 'Judge forward in time', command: 'set-params' } });
  const second = await guards({ validation: 'time', time: 'day', class_weight: 'balanced' });
  expect(second.state['time order'].state).toBe('passed');
  expect(second.state['class balance'].state).toBe('fixed');
  expect(second.state.validation.said.text).toBe('Trials are judged forward in time, in 5 steps.');
});

function cellsOf(name: string): (string | number | null)[] {
  const column = columnNamed(messy, name);
  return list((i) =>
    column.type === 'category' ? column.dictionary[column.codes[i]] : Number((column as { values: ArrayLike<number> }).values[i]),
  );
}
