/** Column types in words, for logs and findings. */
import { type Phrase, phrase } from '../base/words.ts';
import type { ColumnType } from '../kind/schema.ts';

export const TYPE_NAMES: Readonly<Record<ColumnType, Phrase>> = {
  number: phrase('type.number', 'number'),
  integer: phrase('type.integer', 'integer'),
  boolean: phrase('type.boolean', 'boolean'),
  category: phrase('type.category', 'category'),
  text: phrase('type.text', 'text'),
  datetime: phrase('type.datetime', 'date-time'),
};
