/** Turns the node's parameters into reading options; 'auto' and empty values are left to the reader's guess. */
import type { FileRef, ParamValues } from '../../kind/params.ts';
import type { ColumnType, DateOrder } from '../../kind/schema.ts';
import type { ReadOptions } from '../../table/read.ts';

const DELIMITERS: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', space: ' ' };

const QUOTES: Record<string, string> = { double: '"', single: "'", none: '' };

/** Whether anything about the reading is set, so that the guess made when the file came does not hold. */
export const isSet = (params: ParamValues): boolean => Object.keys(readOptions(params)).length > 1;

export function readOptions(params: ParamValues): ReadOptions {
  const text = (id: string) => (typeof params[id] === 'string' && params[id] !== 'auto' ? (params[id] as string) : undefined);
  const options: ReadOptions = { name: (params.file as unknown as FileRef | null)?.name };
  const format = text('format');
  if (format) options.format = format as ReadOptions['format'];
  if (text('sheet')) options.sheet = text('sheet');
  const delimiter = text('delimiter');
  if (delimiter) options.delimiter = DELIMITERS[delimiter];
  const decimal = text('decimal');
  if (decimal) options.decimal = decimal === 'comma' ? ',' : '.';
  const encoding = text('encoding');
  if (encoding) options.encoding = encoding;
  const quote = text('quote');
  if (quote) options.quote = QUOTES[quote];
  const header = text('header');
  if (header) options.header = header === 'yes';
  if (typeof params.skipLines === 'number') options.skipLines = params.skipLines;
  if (text('comment')) options.comment = text('comment');
  const missing = text('missing')?.trim();
  if (missing) options.missing = missing.split(',').map((token) => token.trim());
  const dateOrder = text('dateOrder');
  if (dateOrder) options.dateOrder = dateOrder as DateOrder;
  if (Array.isArray(params.types) && params.types.length > 0)
    options.types = params.types as unknown as { column: string; type: ColumnType }[];
  return options;
}
