/** Says in time that a forest of many classes could not be held: its trees, or what they say of the rows they did not learn from. */
import { ProblemError } from '../../base/problem.ts';
import { phrase, rowsOf } from '../../base/words.ts';
import type { TreeArrays } from '../../kernels/door.ts';

/** An ONNX file, one protobuf message, can be no larger, nor can one array in a browser's tab. */
const MOST_BYTES = 2 ** 31;
const VALUE_BYTES = 4;
const SUM_BYTES = 8;

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);

/**
 * Called with each batch of trees: every node of the packed forest has room for one float32 per class, so that from the trees there are one
 * knows about what all `count` of them take. Throws the Problem `forest.too-large`.
 */
export function sizeLimit(count: number, classes: number, most = MOST_BYTES): (grown: readonly TreeArrays[]) => void {
  let trees = 0;
  let nodes = 0;
  return (grown) => {
    trees += grown.length;
    for (const { feature } of grown) nodes += feature.length;
    const bytes = (nodes / Math.max(1, trees)) * count * Math.max(1, classes) * VALUE_BYTES;
    if (bytes <= most) return;
    const [needed, limit] = [megabytes(bytes), megabytes(most)];
    throw new ProblemError({
      code: 'forest.too-large',
      args: { megabytes: needed, most: limit, classes, trees: count },
      message: phrase(
        'forest.too-large',
        'The forest would take about {megabytes} MB, more than the {most} MB that a model file can hold: each of its leaves has a share for each of {classes} classes.',
        { megabytes: needed, most: limit, classes },
      ),
      hint: 'Ask for more rows in a leaf, fewer levels or fewer trees, or use gradient boosting, whose leaves hold one number.',
    });
  };
}

/** Where trees draw their rows, each row has a sum per class of those that left it out. Throws the Problem `forest.out-of-bag`. */
export function requireOutOfBagRoom(rows: number, classes: number, most = MOST_BYTES): void {
  const bytes = rows * Math.max(1, classes) * SUM_BYTES;
  if (bytes <= most) return;
  const [needed, limit] = [megabytes(bytes), megabytes(most)];
  throw new ProblemError({
    code: 'forest.out-of-bag',
    at: { param: 'bootstrap' },
    args: { megabytes: needed, most: limit, rows, classes },
    message: phrase(
      'forest.no-out-of-bag',
      'To judge {rows} by the trees that left them out takes about {megabytes} MB for {classes} classes, more than the {most} MB that one array can hold.',
      { rows: rowsOf(rows), megabytes: needed, most: limit, classes },
    ),
    hint: 'Switch sampling with replacement off, or learn from fewer rows.',
  });
}
