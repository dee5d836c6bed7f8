/** Featurisation of single columns as a person wants it: what the column is, how its gaps are filled and how it is encoded; each an ordinary step of ours. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, defaults, list, type ParamValues } from '../../kind/params.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { columnIndex, type Table } from '../../table/table.ts';
import { bin } from '../../transforms/bin/kind.ts';
import { encode } from '../../transforms/encode/kind.ts';
import { fillMissing } from '../../transforms/fill-missing/kind.ts';
import { normalise } from '../../transforms/normalise/kind.ts';
import { targetEncode } from '../../transforms/target-encode/kind.ts';
import { textToNumbers } from '../../transforms/text/kind.ts';
import { editMetadata } from '../edit-metadata/kind.ts';

export interface OwnColumn {
  column: string;
  purpose: 'auto' | 'codes' | 'words' | 'none';
  missing: 'auto' | 'median' | 'mean' | 'mode' | 'zero';
  encode: 'auto' | 'one-hot' | 'target' | 'frequency' | 'ordinal' | 'power' | 'log1p' | 'ranges';
}

export const customParam = list('Columns of their own', [], 'What is done to single columns in place of what is done to all.', {
  itemLabel: 'Column',
  advanced: true,
  alias: 'featurization, column purposes, transformer params',
  item: {
    column: columnParam('Column', 'The column with a treatment of its own.', { filter: { port: 'table' } }),
    purpose: choice('Purpose', 'auto', 'What the column is.', {
      auto: 'As its type says',
      codes: 'Category: whole numbers that are names',
      words: 'Text: taken apart into words',
      none: 'Nothing to learn from: leave out',
    }),
    missing: choice('Missing cells', 'auto', 'What stands in for them, learned inside each fold, and a column that says where.', {
      auto: 'As each learner does',
      median: 'Median',
      mean: 'Mean',
      mode: 'Most frequent',
      zero: 'Zero, or a level of its own',
    }),
    encode: choice('Encoding', 'auto', 'How the column is given to every learner.', {
      auto: 'As each learner does',
      'one-hot': 'Category: one column per level',
      target: 'Category: mean of the target',
      frequency: 'Category: share of training rows',
      ordinal: 'Category: rank in alphabetical order',
      power: 'Number: power, against skew',
      log1p: 'Number: logarithm',
      ranges: 'Number: ranges of equal count',
    }),
  },
});

/** Entries that name a column. */
export const ownColumns = (params: ParamValues): OwnColumn[] =>
  ((params.custom ?? []) as unknown as OwnColumn[]).filter(({ column }) => column);

interface OwnStepOf {
  kind: Kind;
  params: ParamValues;
}

const isLabel = (type: ColumnType) => type === 'category' || type === 'text';
/** What has levels: yes and no are two. */
const hasLevels = (type: ColumnType) => isLabel(type) || type === 'boolean';
const FOR_LABELS = ['one-hot', 'target', 'frequency', 'ordinal'];

/** In order; what two columns have alike is one step. Throws a Problem for a column that is not there, is the target, or is of another type than its treatment needs. */
export function ownSteps(own: readonly OwnColumn[], table: Table, target: string, task: ParamValues[string]): OwnStepOf[] {
  const typeOf = (entry: OwnColumn): ColumnType => {
    const type = table.columns[columnIndex(table, entry.column)].type;
    return entry.purpose === 'codes' && !isLabel(type) ? 'category' : type;
  };
  for (const entry of own) requireFit(entry, table, target);
  const kept = own.filter(({ purpose }) => purpose !== 'none');
  const chosen = (wanted: (entry: OwnColumn) => boolean) => kept.filter(wanted).map(({ column }) => column);
  const steps: OwnStepOf[] = [];
  const add = (kind: Kind, names: readonly string[], params: ParamValues) => {
    if (names.length > 0) steps.push({ kind, params: { ...defaults(kind.params), columns: { names: [...names] }, ...params } });
  };
  const codes = chosen((entry) => entry.purpose === 'codes' && !isLabel(table.columns[columnIndex(table, entry.column)].type));
  if (codes.length > 0)
    steps.push({ kind: editMetadata, params: { columns: codes.map((column) => ({ column, type: 'category', role: 'same', name: '' })) } });
  for (const missing of ['median', 'mean', 'mode', 'zero'] as const)
    add(
      fillMissing,
      chosen((entry) => entry.missing === missing),
      {
        numbers: missing === 'zero' ? 'constant' : missing,
        labels: missing === 'zero' ? 'constant' : 'mode',
        indicator: true,
      },
    );
  add(
    textToNumbers,
    chosen((entry) => entry.purpose === 'words'),
    {},
  );
  const encoded = (as: OwnColumn['encode']) =>
    chosen((entry) => entry.encode === as && hasLevels(typeOf(entry)) === FOR_LABELS.includes(as));
  for (const method of ['one-hot', 'frequency', 'ordinal'] as const) add(encode, encoded(method), { method });
  add(targetEncode, encoded('target'), { target, task: task ?? 'auto' });
  for (const method of ['power', 'log1p'] as const) add(normalise, encoded(method), { method });
  add(bin, encoded('ranges'), { method: 'quantile', bins: 10 });
  return steps;
}

function requireFit({ column, purpose, encode: as }: OwnColumn, table: Table, target: string): void {
  const at = columnIndex(table, column);
  const wrong = (message: Phrase, hint: Phrase) =>
    new ProblemError({ code: 'automl.own-column', at: { param: 'custom', column }, args: { column }, message, hint });
  const name = { column };
  if (at < 0)
    throw wrong(
      phrase('own-column.gone', 'There is no column “{column}”.', name),
      phrase('own-column.choose', 'Choose one of the table’s columns.'),
    );
  if (column === target)
    throw wrong(
      phrase('own-column.target', '“{column}” is the target, and is learned as it is.', name),
      phrase('own-column.take-out', 'Take its entry out, or choose another target.'),
    );
  const { type } = table.columns[at];
  if (purpose === 'codes' && (type === 'number' || type === 'datetime'))
    throw wrong(
      phrase('own-column.no-codes', '“{column}” is of a type that cannot be read as categories.', name),
      phrase('own-column.import', 'Set its type where the file is imported.'),
    );
  if (purpose === 'words' && !isLabel(type))
    throw wrong(phrase('own-column.no-text', '“{column}” is no text.', name), phrase('own-column.purpose', 'Choose another purpose.'));
  if (as === 'auto' || purpose === 'none') return;
  if (purpose === 'words')
    throw wrong(
      phrase('own-column.words', '“{column}” is taken apart into words and has no other encoding.', name),
      phrase('own-column.automatic', 'Leave its encoding to automatic.'),
    );
  const label = hasLevels(type) || purpose === 'codes';
  if (FOR_LABELS.includes(as) !== label || type === 'datetime')
    throw wrong(
      phrase('own-column.encoding', 'The encoding of “{column}” does not fit its type.', name),
      phrase('own-column.fit', 'Choose one for categories where it holds labels, one for numbers where it holds numbers.'),
    );
}
