/** Steps before a split that choose rows by comparing all of them: no leak, since no value is learned, but said where it happens. */
import { type Problem, problem } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { PipelineDocument } from './document.ts';
import type { FlowNode } from './flow.ts';
import type { Graph } from './graph.ts';
import { type Kinds, nodeWords } from './naming.ts';
import { isFolder, isSplit, type Trace, tablesInto } from './trace.ts';

/** One note per choosing step and split. */
export function rowChoices(
  document: PipelineDocument,
  graph: Graph,
  flow: ReadonlyMap<string, FlowNode>,
  kinds: Kinds,
  trace: Trace,
): Problem[] {
  return [...flow.values()]
    .filter(({ id, kind }) => !document.nodes[id].disabled && (isSplit(kind) || isFolder(kind)))
    .flatMap((split) =>
      tablesInto(split, graph, trace)
        .flatMap(({ suspects }) => suspects)
        .filter(({ why }) => why === 'chooses')
        .map(({ node }) => {
          const names = { own: nodeWords(document, kinds, node), split: nodeWords(document, kinds, split.id) };
          return problem({
            code: 'split.rows-chosen-before',
            severity: 'note',
            at: { node },
            message: phrase(
              'split.rows-chosen',
              '“{own}” chooses rows by comparing all of them, also those that “{split}” sets aside later. It learns no value from them, so this is no leak.',
              names,
            ),
            hint: phrase(
              'split.choose-after',
              'Put “{own}” after “{split}” if held-out rows must not decide which rows are learned from.',
              names,
            ),
          });
        }),
    );
}
