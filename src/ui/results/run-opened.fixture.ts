/** For tests: runs what "Open as nodes" puts down for the whole model of a race, in the order of its wires. */
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { compareIds } from '../../engine/graph.ts';
import { fillParams } from '../../kind/fill.ts';
import { runKind } from '../../nodes/run-kind.fixture.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Race } from '../../recipe/results.ts';
import type { AnyModel } from '../../recipe/series-model.ts';
import type { Table } from '../../table/table.ts';
import { newNode } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { nodesFromModel, nodesFromTrial, type Opened } from './nodes-from-trial.ts';

export interface RanOpened {
  model: AnyModel;
  /** Of the nodes that came. */
  kinds: string[];
  document: PipelineDocument;
}

/** The whole model, or one trial by its number; `automl`: the kind of the node that raced. */
export async function runOpened(
  data: Table,
  race: Race,
  { automl = 'automl.tables', trial }: { automl?: string; trial?: number } = {},
): Promise<RanOpened> {
  const start = emptyDocument('p', 'p');
  start.nodes.data = newNode('data', kindOf('data.sample')!, { x: 0, y: 0 });
  start.nodes.automl = newNode('automl', kindOf(automl)!, { x: 0, y: 140 });
  start.wires.w1 = { id: 'w1', from: { node: 'data', port: 'table' }, to: { node: 'automl', port: 'table' } };
  const made = (
    trial === undefined
      ? nodesFromModel(start, 'automl', race, 'Ensemble')
      : nodesFromTrial(start, 'automl', race, race.rows.find(({ id }) => id === trial)!)
  ) as Opened;
  const { document } = applyEdit(start, made.edit);
  const outputs = new Map<string, Promise<Record<string, unknown>>>([['data', Promise.resolve({ table: rawFrame(data) })]]);
  const outputsOf = (id: string): Promise<Record<string, unknown>> => {
    const known = outputs.get(id);
    if (known) return known;
    const run = async () => {
      const node = document.nodes[id];
      const kind = kindOf(node.kind)!;
      const inputs: Record<string, unknown> = {};
      const lists: Record<string, unknown[]> = {};
      const wires = Object.values(document.wires).filter((wire) => wire.to.node === id);
      for (const { from, to } of wires.sort((a, b) => compareIds(a.id, b.id))) {
        const value = (await outputsOf(from.node))[from.port];
        const many = kind.inputs.find((port) => port.id === to.port)!.many;
        if (many) lists[to.port] = [...(lists[to.port] ?? []), value];
        else inputs[to.port] = value;
      }
      return (await runKind(node.kind, fillParams(kind.params, node.params), inputs, lists)).outputs as Record<string, unknown>;
    };
    const running = run();
    outputs.set(id, running);
    return running;
  };
  // What nothing else goes on from.
  const last = made.ids.find((id) => !Object.values(document.wires).some(({ from }) => from.node === id))!;
  return { model: (await outputsOf(last)).model as AnyModel, kinds: made.ids.map((id) => document.nodes[id].kind), document };
}
