/** Edit metadata: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { columnsOf, labelWords, phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, list, type ParamValues, text } from '../../kind/params.ts';
import type { ColumnSchema, ColumnType, Role, TableSchema } from '../../kind/schema.ts';
import { BOOLEAN_LABELS } from '../../table/verbs/cast.ts';
import { nameProblem } from '../rename/kind.ts';

export interface MetadataEdit {
  column: string;
  name: string;
  type: ColumnType | 'same';
  role: Role | 'same';
}
export const metadataEdits = (params: ParamValues): MetadataEdit[] =>
  (params.columns as unknown as MetadataEdit[]).filter((edit) => edit.column);

/** One column after its edit. */
export function edited(column: ColumnSchema, edit: MetadataEdit): ColumnSchema {
  const type = edit.type === 'same' ? column.type : edit.type;
  const { categories, ...rest } = column;
  return {
    ...rest,
    name: edit.name || column.name,
    type,
    role: edit.role === 'same' ? column.role : edit.role,
    from: [column.name],
    ...(type !== 'category'
      ? {}
      : column.type === 'boolean'
        ? { categories: BOOLEAN_LABELS }
        : categories && column.type === 'category'
          ? { categories }
          : {}),
  };
}

const columnsAfter = (schema: TableSchema, params: ParamValues): ColumnSchema[] => {
  const edits = new Map(metadataEdits(params).map((edit) => [edit.column, edit]));
  const target = [...edits.values()].find((edit) => edit.role === 'target');
  return schema.columns.map((found) => {
    const edit = edits.get(found.name);
    if (edit) return edited(found, edit);
    // There is one target; a new one takes the role away from the old.
    return target && found.role === 'target' ? { ...found, role: 'feature' as const } : found;
  });
};

/** Casts that the ONNX graph can do: among numbers, among labels, and whole numbers or booleans to labels. */
export function castLowerable(from: ColumnType, to: ColumnType): boolean {
  if (from === to) return true;
  const label = (type: ColumnType) => type === 'category' || type === 'text';
  if (label(from)) return label(to);
  return label(to) ? from === 'integer' || from === 'boolean' : true;
}

export const unlowerableCast = (name: string, to: MetadataEdit['type']): Problem =>
  problem({
    code: 'export.cast',
    at: { column: name },
    args: { column: name, type: to },
    message: `Turning “${name}” into ${to === 'same' ? 'itself' : TYPES[to].toLowerCase()} reads or writes text, which an ONNX file cannot do.`,
    hint: 'Set the column’s type in the file import instead, so that the model gets it so.',
  });

const TYPES = {
  same: 'As it is',
  number: 'Number',
  integer: 'Integer',
  boolean: 'True or false',
  category: 'Category',
  text: 'Text',
  datetime: 'Date and time',
};
const ROLES = {
  same: 'As it is',
  feature: 'Feature',
  target: 'Target',
  id: 'Identifier',
  time: 'Time',
  weight: 'Weight',
  group: 'Group',
  meta: 'Not used for learning',
};

export const editMetadata: Kind = {
  id: 'prepare.edit-metadata',
  version: 1,
  title: 'Edit metadata',
  group: 'prepare',
  icon: 'edit',
  synonyms: [
    'cast',
    'astype',
    'Edit Metadata',
    'Edit Domain',
    'Domain Editor',
    'Number to String',
    'String to Number',
    'String to Date&Time',
    'Double to Int',
    'to_datetime',
    'to_numeric',
    'change type',
    'role',
    'set target',
    'set role',
    'label',
  ],
  summary: 'Change a column’s type, its name, or its role: target, identifier, weight, group, time.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: list('Columns', [], 'One entry per column that changes.', {
      itemLabel: 'Column',
      item: {
        column: columnParam('Column', 'The column that changes.'),
        type: choice(
          'Type',
          'same',
          'Cells that do not fit the new type become missing, and are counted. Fractions are rounded to whole numbers; numbers and dates turn into each other as milliseconds since 1970.',
          TYPES,
          { alias: 'astype' },
        ),
        role: choice('Role', 'same', 'What learners use the column for.', ROLES),
        name: text('Name', '', 'A new name; nothing keeps the old one.'),
      },
    }),
  },
  schema: ({ params, inputs }: SchemaContext) => {
    const input = inputs.table;
    return input?.type === 'table' ? { table: { ...input, schema: { ...input.schema, columns: columnsAfter(input.schema, params) } } } : {};
  },
  check: ({ params, inputs }) => {
    const edits = metadataEdits(params);
    const targets = edits.filter((edit) => edit.role === 'target');
    const problems = [];
    if (targets.length > 1)
      problems.push(
        problem({
          code: 'metadata.targets',
          at: { param: 'columns' },
          message: `${targets.length} columns have the role Target.`,
          hint: 'A table has one target; give the others another role.',
        }),
      );
    if (inputs.table?.type === 'table') {
      const wrong = nameProblem(
        columnsAfter(inputs.table.schema, params).map((found) => found.name),
        'columns',
      );
      if (wrong) problems.push(wrong);
    }
    return problems;
  },
  exportable: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return true;
    const bad = metadataEdits(params).find((edit) => {
      const found = input.schema.columns.find((c) => c.name === edit.column);
      return found && found.role !== 'target' && edit.role !== 'target' && edit.type !== 'same' && !castLowerable(found.type, edit.type);
    });
    if (!bad) return true;
    return { ...unlowerableCast(bad.column, bad.type), at: { param: 'columns', column: bad.column } };
  },
  brief: (params) => {
    const edits = metadataEdits(params);
    if (edits.length !== 1) return edits.length > 1 ? columnsOf(edits.length) : '';
    const [edit] = edits;
    const column = edit.column ?? '?';
    if (edit.role !== 'same')
      return phrase('brief.role', '{column}: {role}', { column, role: labelWords(ROLES[edit.role as keyof typeof ROLES]) });
    return edit.type !== 'same'
      ? phrase('brief.arrow', '{from} → {to}', { from: column, to: labelWords(TYPES[edit.type]) })
      : `${column} → ${edit.name}`;
  },
  rows: 'keep',
  learns: false,
  order: 'free',
  target: 'never',
};
