/**
 * A feature that changes when only the target of its row does is computed from the target: wherever that is seen to happen
 * with the registry's real steps, the check has said so before anything ran (contracts §1 rule 6).
 */
import { expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import { type Checked, checkDocument } from '../engine/check.ts';
import { emptyDocument, type PipelineDocument } from '../engine/document.ts';
import type { ParamValues } from '../kind/params.ts';
import { type Frame, rawFrame } from '../recipe/frame.ts';
import { cellsOf, columnOf } from '../table/column.ts';
import { schemaOf, type Table, tableOf } from '../table/table.ts';
import { playOn } from './play-step.fixture.ts';
import { drawsOf } from './random-chain.fixture.ts';
import { allNodes } from './registry.ts';

const kinds = new Map(allNodes.map(({ kind }) => [kind.id, kind]));
const ROWS = 30;

/** Every other table does not say which column is the target; the learner does. */
function people(seed: number, flipped?: number): Table {
  const draw = drawsOf(seed);
  const t = tableOf({
    key: ['integer', Array.from({ length: ROWS }, (_, i) => i)],
    a: ['number', Array.from({ length: ROWS }, () => draw.below(90) / 4)],
    b: ['number', Array.from({ length: ROWS }, () => draw.below(50) - 20)],
    group: ['category', Array.from({ length: ROWS }, () => ['x', 'y', 'z'][draw.below(3)])],
    target: ['number', Array.from({ length: ROWS }, () => draw.below(1000) / 8)],
  });
  const fields = t.fields.map((field) => (field.name === 'target' && seed % 2 === 0 ? { ...field, role: 'target' as const } : field));
  const columns = t.columns.map((column, i) =>
    fields[i].name === 'target'
      ? columnOf(
          'number',
          cellsOf(column).map((cell, row) => (row === flipped ? Number(cell) + 5000 : cell)),
        )
      : column,
  );
  return { ...t, fields, columns };
}

/** A pipeline under construction: its document, and what its nodes give on tables. */
interface Built {
  document: PipelineDocument;
  /** Frame on a node's first output when the source gives this table. */
  frames: (source: Table) => Promise<Map<string, Frame>>;
  last: string;
  target: string;
  columns: string[];
}

/** Steps that look at one row at a time, and joins of what the same rows give. */
async function build(seed: number): Promise<Built> {
  const draw = drawsOf(seed);
  const plays: { id: string; kind: string; params: ParamValues; from: string[] }[] = [];
  let target = 'target';
  let last = 'src';
  const frames = async (source: Table) => {
    const made = new Map<string, Frame>([['src', rawFrame(source)]]);
    for (const { id, kind, params, from } of plays) made.set(id, await playOn(kind, params, ...from.map((name) => made.get(name)!)));
    return made;
  };
  const add = (kind: string, params: ParamValues, ...from: string[]) => {
    const id = `n${plays.length}`;
    plays.push({ id, kind, params, from: from.length > 0 ? from : [last] });
    return id;
  };
  const steps = 2 + draw.below(5);
  for (let i = 0; i < steps; i++) {
    const table = (await frames(people(seed))).get(last)!.table;
    const numbers = table.fields.flatMap((field, at) => (table.columns[at].type === 'number' ? [field.name] : []));
    const any = (names: readonly string[]) => names[draw.below(names.length)];
    const features = table.fields
      .filter((field) => field.role === 'feature' && field.name !== 'key' && field.name !== target)
      .map((field) => field.name);
    switch (draw.below(8)) {
      case 0:
      case 1:
        last = add('prepare.formula', { formulas: [{ name: `f${i}`, formula: `[${any(numbers)}] * 2 + [${any(numbers)}]` }] });
        break;
      case 2: {
        const from = any([...features, target]);
        last = add('prepare.rename', { names: [{ from, to: `r${i}` }] });
        if (from === target) target = `r${i}`;
        break;
      }
      case 3:
        if (features.length > 2) last = add('prepare.select-columns', { columns: { names: [any(features)] } });
        break;
      case 4:
        last = add('prepare.edit-metadata', { columns: [{ column: any(features), type: 'same', role: 'same', name: '' }] });
        break;
      case 7:
        last = add('prepare.formula', { formulas: [{ name: `t${i}`, formula: `[${target}] * 0.5 + 1` }] });
        target = `t${i}`;
        break;
      case 5: {
        const grouped = add('prepare.group-by', {
          keys: { names: ['key'] },
          values: [{ column: any(numbers), how: 'max', name: `g${i}` }],
        });
        last = add('prepare.join', { keys: [{ left: 'key', right: 'key' }] }, last, grouped);
        break;
      }
      case 6: {
        const side = add('prepare.formula', { formulas: [{ name: `s${i}`, formula: `[${any(numbers)}] + 1` }] });
        last = add('prepare.join', { keys: [{ left: 'key', right: 'key' }], suffix: `_${i}` }, last, side);
        break;
      }
    }
  }
  const learner = 'learn';
  const nodes = [
    { id: 'src', kind: 'data.registered-dataset', params: { name: 'people' } },
    ...plays,
    { id: learner, kind: 'learn.linear', params: { target } },
  ];
  const wires: [string, string, string, string][] = [
    ...plays.flatMap(({ id, kind, from }) =>
      from.map((name, at): [string, string, string, string] => [
        name,
        'table',
        id,
        kind === 'prepare.join' ? ['left', 'right'][at] : 'table',
      ]),
    ),
    [last, 'table', learner, 'table'],
  ];
  const base = emptyDocument('p', 'Leaks');
  return {
    frames,
    last,
    target,
    columns: (await frames(people(seed))).get(last)!.table.fields.map((field) => field.name),
    document: {
      ...base,
      nodes: Object.fromEntries(
        nodes.map(({ id, kind, params }) => [
          id,
          { id, kind, version: kinds.get(kind)!.version, params: params as Record<string, Json>, position: { x: 0, y: 0 } },
        ]),
      ),
      wires: Object.fromEntries(
        wires.map(([node, port, to, toPort], i) => [`w${i}`, { id: `w${i}`, from: { node, port }, to: { node: to, port: toPort } }]),
      ),
    },
  };
}

it('every feature that the target moves is named, and no feature is named that nothing connects with it', async () => {
  let leaks = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const { document, frames, last, target, columns } = await build(seed);
    const known = (node: string) => (node === 'src' ? (schemaOf(people(seed)) as unknown as Json) : undefined);
    const checked: Checked = checkDocument(document, { kinds, known, probeProblems: () => [], gpu: false });
    const named = new Set(
      checked.badges.flatMap((badge) => (badge.node === 'learn' && badge.type === 'leak' && badge.column ? [badge.column] : [])),
    );
    const before = (await frames(people(seed))).get(last)!.table;
    const model = checked.outputs.learn.model;
    const features = new Set(model?.type === 'model' ? model.inputs.columns.map((column) => column.name) : []);
    const moved = new Set<string>();
    for (const row of [0, 7, 19]) {
      const after = (await frames(people(seed, row))).get(last)!.table;
      columns.forEach((name, i) => {
        const cells = cellsOf(before.columns[i]);
        if (name !== target && features.has(name) && cellsOf(after.columns[i]).some((cell, at) => cell !== cells[at])) moved.add(name);
      });
    }
    const tale = `seed ${seed}: ${JSON.stringify(Object.values(document.nodes).map((node) => [node.id, node.kind, node.params]))}`;
    expect([...named].sort(), tale).toEqual([...moved].sort());
    leaks += moved.size;
  }
  expect(leaks).toBeGreaterThan(50);
});
