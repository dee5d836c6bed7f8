/** Badges of contracts §1, rules 4 to 6: what a split refits, and what leaks because it cannot be refitted. */
import { type Problem, type ProblemInput, problem } from '../base/problem.ts';
import { type Phrase, phrase, type Words } from '../base/words.ts';
import type { ColumnPick, ParamValues } from '../kind/params.ts';
import type { PipelineDocument } from './document.ts';
import type { FlowNode } from './flow.ts';
import type { Graph } from './graph.ts';
import { tellingOf } from './lineage.ts';
import { type Kinds, nodeWords } from './naming.ts';
import type { Badge } from './plan-types.ts';
import { mayShareRows } from './row-origin.ts';
import { isFolder, isSplit, modelsInto, type Suspect, type Trace, tablesInto } from './trace.ts';

/** One badge per node, rule and column. A leak carries a warning. */
export function badgesOf(
  document: PipelineDocument,
  graph: Graph,
  flow: ReadonlyMap<string, FlowNode>,
  kinds: Kinds,
  trace: Trace,
): Badge[] {
  const title = (id: string) => nodeWords(document, kinds, id);
  const badges = [...flow.values()].flatMap((node) =>
    document.nodes[node.id].disabled
      ? []
      : [...atSplit(node, graph, trace, title), ...atModel(node, graph, trace), ...atEvaluation(node, graph, trace)],
  );
  const seen = new Set<string>();
  return badges.filter((badge) => {
    const key = JSON.stringify([badge.node, badge.type, badge.rule, badge.column]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Splits that deal rows in an order, so that what looks back sees no later row. */
const IN_ORDER: ReadonlySet<unknown> = new Set(['time', 'head']);

function atSplit(node: FlowNode, graph: Graph, trace: Trace, title: (id: string) => Words): Badge[] {
  const split = isSplit(node.kind);
  if (!split && !isFolder(node.kind)) return [];
  const here = title(node.id);
  return tablesInto(node, graph, trace).flatMap(({ learning, suspects }) => [
    ...learning.map(
      (id): Badge => ({
        node: id,
        type: 'refit',
        rule: split ? 5 : 4,
        message: split
          ? refittedAfter(here, node.context.params)
          : phrase('badge.refit-fold', 'in “{split}”: refitted on the learning rows of each fold', { split: here }),
      }),
    ),
    ...suspects
      .filter((suspect): suspect is Leaky => suspect.why !== 'chooses')
      .filter((suspect) => suspect.why !== 'order' || !IN_ORDER.has(node.context.params.method))
      .map((suspect) => leakAt(suspect, here, title)),
  ]);
}

/** With the share of the training rows where the split says how large its other sides are. */
function refittedAfter(split: Words, { test, validation }: ParamValues): Phrase {
  const share = typeof test === 'number' ? 1 - test - (typeof validation === 'number' ? validation : 0) : 0;
  return share > 0 && share < 1
    ? phrase('badge.refit-share', 'after “{split}”: refitted on the {share} % training rows', {
        split,
        share: Math.round(share * 1000) / 10,
      })
    : phrase('badge.refit', 'after “{split}”: refitted on the training rows', { split });
}

type Leaky = Suspect & { why: Exclude<Suspect['why'], 'chooses'> };
function leakAt({ node, why, by }: Leaky, split: Words, title: (id: string) => Words): Badge {
  const own = title(node);
  const barrier = title(by ?? node);
  const { code, cause, hint } = {
    seals: {
      code: 'leak.seals',
      cause: phrase(
        'leak.mixes-rows',
        '“{own}” works on all rows together and makes new ones, so “{split}” cannot keep test rows out of it.',
        {
          own,
          split,
        },
      ),
      hint: phrase('leak.move-after', 'Move “{own}” after “{split}”, onto the training rows.', { own, split }),
    },
    sealed: {
      code: 'leak.sealed',
      cause: phrase(
        'leak.behind-barrier',
        '“{own}” learns from all rows, and “{barrier}” after it makes new rows, so it cannot be refitted on the training rows of “{split}”.',
        { own, barrier, split },
      ),
      hint: phrase('leak.move-behind', 'Move “{own}” behind “{barrier}” or after “{split}”.', { own, barrier, split }),
    },
    order: {
      code: 'leak.order',
      cause: phrase(
        'leak.neighbours',
        '“{own}” uses neighbouring rows, and “{split}” deals rows at random: a training row may have seen a test row.',
        { own, split },
      ),
      hint: phrase('leak.split-in-order', 'Set “{split}” to split in time or in table order.', { split }),
    },
  }[why];
  const found = problem({
    code,
    severity: 'warning',
    at: { node },
    args: { rule: 6, split, step: own },
    message: cause,
    hint,
  });
  return { node, type: 'leak', rule: 6, message: cause, problem: found };
}

/** Features of a model that are computed from its target, or that the target is computed from. */
function atModel(node: FlowNode, graph: Graph, trace: Trace): Badge[] {
  const model = Object.values(node.outputs).find((output) => output?.type === 'model');
  const table = tablesInto(node, graph, trace)[0];
  if (model?.type !== 'model' || model.target === undefined || !table) return [];
  const target = model.target;
  const features = model.inputs.columns.map((column) => column.name);
  return tellingOf(table.columns, features, target).map(({ column, how }): Badge => {
    const message =
      how === 'made'
        ? phrase('leak.tells-target', '“{column}” is computed from the target “{target}”, so the model is told the answer.', {
            column,
            target,
          })
        : phrase('leak.tells-source', 'The target “{target}” is computed from “{column}”, so the model is told the answer.', {
            column,
            target,
          });
    const found: Problem = problem({
      code: how === 'made' ? 'leak.target' : 'leak.target-source',
      severity: 'warning',
      at: { node: node.id, column },
      args: { rule: 6, column, target },
      message,
      hint: phrase('leak.leave-column-out', 'Leave “{column}” out of the features.', { column }),
      ...leaveOut(node, column),
    });
    return { node: node.id, type: 'leak', rule: 6, message, column, problem: found };
  });
}

/** The fix, where the node itself chooses its features. */
function leaveOut({ id, kind, context }: FlowNode, column: string): Pick<ProblemInput, 'fix'> {
  if (kind.params.features?.type !== 'columns') return {};
  const pick = context.params.features as ColumnPick;
  const without: ColumnPick | undefined =
    'names' in pick
      ? { names: pick.names.filter((name) => name !== column) }
      : 'all' in pick
        ? { all: true, except: [...(pick.except ?? []), column] }
        : undefined;
  return without
    ? {
        fix: {
          label: phrase('leak.leave-out', 'Leave out “{column}”', { column }),
          command: 'set-param',
          args: { node: id, param: 'features', value: without },
        },
      }
    : {};
}

/** Judging a model on rows that it learned from is allowed, but says so. */
function atEvaluation(node: FlowNode, graph: Graph, trace: Trace): Badge[] {
  const judges = node.kind.outputs.some((port) => port.type === 'results') && !isFolder(node.kind);
  if (!judges) return [];
  const models = modelsInto(node, graph, trace);
  const onTraining = tablesInto(node, graph, trace).some((table) =>
    [...models, ...table.scoredBy].some((learned) => table.origins.some((origin) => mayShareRows(learned, origin))),
  );
  if (!onTraining) return [];
  const message = phrase('badge.training-score', 'training score: the model learned from rows that it is judged on here.');
  const found = problem({
    code: 'leak.training-score',
    severity: 'warning',
    at: { node: node.id },
    args: { rule: 6 },
    message: 'This is a training score: the model is judged on rows that it learned from, which flatters it.',
    hint: 'Put a Split before the learner and judge the model on the test rows.',
  });
  return [{ node: node.id, type: 'leak', rule: 6, message, problem: found }];
}
