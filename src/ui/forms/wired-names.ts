/** What rows of a list that follows the wires into a port are called: by the nodes that the wires come from. */
import type { PipelineDocument } from '../../engine/document.ts';
import { compareIds } from '../../engine/graph.ts';
import { nodeTitle } from '../state/edits.ts';
import { useDocument } from '../state/session.ts';

/** In the order of the wires. Of a node without a title of its own that trains a learner, the learner's: several are called Train. */
export function wiredNames({ nodes, wires }: PipelineDocument, node: string, port: string): string[] {
  const all = Object.values(wires);
  return all
    .filter(({ to }) => to.node === node && to.port === port)
    .sort((a, b) => compareIds(a.id, b.id))
    .map(({ from }) => {
      const own = nodes[from.node];
      const learner = own.title ? undefined : all.find(({ to }) => to.node === from.node && to.port === 'learner')?.from.node;
      return nodeTitle(learner === undefined ? own : nodes[learner]);
    });
}

const APART = '\u0000';

/** None for several nodes, or a list that follows no wires. As one text, so that other edits do not draw the list anew. */
export function useWiredNames(nodes: readonly string[], port: string | undefined): readonly string[] {
  const names = useDocument(({ document }) =>
    port !== undefined && nodes.length === 1 ? wiredNames(document, nodes[0], port).join(APART) : '',
  );
  return names === '' ? [] : names.split(APART);
}
