/** Words to numbers: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';

export const WORDED = { types: ['text', 'category'], roles: ['feature', 'meta'] } as const;

const BRIEFS: Readonly<Record<string, Phrase>> = {
  tfidf: phrase('brief.text-tfidf', 'TF-IDF'),
  counts: phrase('brief.text-counts', 'counts'),
  flags: phrase('brief.text-flags', 'yes or no'),
};

export const textToNumbers: Kind = {
  id: 'features.text',
  version: 1,
  title: 'Words to numbers',
  group: 'features',
  icon: 'encode',
  synonyms: [
    'TF-IDF',
    'TfidfVectorizer',
    'CountVectorizer',
    'bag of words',
    'Extract N-Gram Features from Text',
    'n-grams',
    'text features',
    'tokenize',
    'vocabulary',
    'NLP',
  ],
  summary:
    'Turn a text column into numbers: one column per word that says most, and how many words there are. For reviews, titles and notes.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Text columns to take apart into words.', {
      filter: { types: ['text'], roles: WORDED.roles },
    }),
    method: choice('Value', 'tfidf', 'What stands in a word’s column.', {
      tfidf: 'Share of the text’s words, more for rare words (TF-IDF)',
      counts: 'How often the word occurs',
      flags: 'Whether the word occurs',
    }),
    terms: integer('Most words', 200, 'The words that are in the most training rows get a column each; those in nearly all of them last.', {
      min: 1,
      max: 5000,
      alias: 'max_features',
    }),
    others: integer(
      'Columns for other words',
      0,
      'Words without a column of their own are counted together in so many columns, by their hash.',
      {
        min: 0,
        max: 4096,
        advanced: true,
        alias: 'HashingVectorizer, Feature Hashing, n_features',
      },
    ),
    rows: integer('Least rows', 3, 'Words of fewer training rows get no column.', { min: 1, max: 1_000_000, alias: 'min_df' }),
    pairs: flag('Pairs of words', false, 'Two words in a row count as a word of their own too.', { alias: 'ngram_range' }),
    keep: flag('Keep the text', false, 'The text columns stay beside the new ones.'),
  },
  // Which words there are is known only when it runs.
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = new Set(params.keep ? [] : resolveColumns(params.columns as ColumnPick, input.schema, pickOf(params.columns)));
    return {
      table: { ...input, schema: { ...input.schema, columns: input.schema.columns.filter(({ name }) => !chosen.has(name)), open: true } },
    };
  },
  exportable: () => true,
  brief: ({ method }) => BRIEFS[String(method)] ?? '',
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
};

/** Of all columns only texts are taken; who names one may name a category too. */
export const pickOf = (pick: unknown) => ('names' in (pick as object) ? WORDED : ({ types: ['text'], roles: WORDED.roles } as const));
