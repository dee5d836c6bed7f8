/** Every diagnostic of the CSV reader: how grave it is, the sentence and the next step. `{where}` lists the first rows, `{one|many}` agrees with the count. */
import type { Problem } from '../../base/problem.ts';

interface Finding {
  severity: Problem['severity'];
  message: string;
  hint: string;
}
const finding = (severity: Problem['severity'], message: string, hint: string): Finding => ({ severity, message, hint });

const TYPE_HINT = 'Set the type of “{column}” under Column types if you want it otherwise.';
const RAGGED_HINT = 'Check the delimiter and the quotes in these rows.';

export const FINDINGS = {
  'csv.empty': finding('error', 'This file holds no table: it is empty.', 'Choose another file, or paste the rows.'),
  'csv.too-big': finding('error', 'This file is {size}; one table can hold up to 2 GB of text.', 'Split the file, or save it as Parquet.'),
  'csv.too-wide': finding(
    'error',
    'This would be a table of {columns} columns; 100,000 is the most.',
    'Check the delimiter; it may be wrong.',
  ),
  'csv.delimiter': finding('error', 'The delimiter “{sample}” is not one plain character.', 'Use one character, such as a comma or a tab.'),
  'csv.no-rows': finding('warning', 'There are column names but no rows.', 'Check that the file was saved whole.'),
  'csv.encoding': finding('note', 'The file is not UTF-8; it was read as {encoding}.', 'Set the encoding if letters look wrong.'),
  'csv.invalid-text': finding(
    'warning',
    '{count} byte {sequence is|sequences are} not valid {encoding} and became “�”{lines}.',
    'Set the encoding that the file was saved in.',
  ),
  'csv.nul': finding('warning', '{count} NUL {character was|characters were} left out.', 'Save the file as plain text if cells look cut.'),
  'csv.sep-line': finding('note', 'The first line names the delimiter “{delimiter}”; it was used and is not data.', 'Nothing to do.'),
  'csv.skipped-lines': finding(
    'note',
    '{count} {line|lines} before the table {was|were} skipped: {samples}.',
    'Set “Skip lines” to 0 if that belongs to the table.',
  ),
  'csv.comments': finding('note', '{count} comment {line was|lines were} skipped.', 'Clear the comment sign if that is data.'),
  'csv.blank-lines': finding('note', '{count} blank {line was|lines were} skipped.', 'Nothing to do.'),
  'csv.line-ends': finding('note', 'Line ends are mixed ({kinds}); each ends a row.', 'Nothing to do.'),
  'csv.no-header': finding(
    'note',
    'The first row looks like data, so columns are named column_1 to column_{columns}.',
    'Set Header to yes if not.',
  ),
  'csv.row-names': finding(
    'note',
    'Every row has one cell more than the header; the first column was taken as row names (“{name}”).',
    'Add a name for the first column to the file.',
  ),
  'csv.empty-rows': finding(
    'note',
    '{count} {row holds|rows hold} no value at all{where}; {it was|they were} kept.',
    'Leave them out with “Drop missing”, when all values are missing.',
  ),
  'csv.one-column': finding(
    'note',
    'No delimiter was found, so each line is one cell.',
    'Set the delimiter under Advanced if the lines hold several cells.',
  ),
  'csv.spaces': finding(
    'note',
    'Cells stand apart by spaces or tabs, as many as it takes; each run of them was read as one delimiter.',
    'Set the delimiter if that is wrong.',
  ),
  'csv.quote': finding('note', 'Cells are quoted with {quote}; the quotes are not part of them.', 'Set “Quote sign” if that is wrong.'),
  'csv.duplicate-header': finding(
    'warning',
    '{count} column {name|names} appeared before and {was|were} numbered: {samples}.',
    'Rename the columns if needed.',
  ),
  'csv.empty-header': finding(
    'warning',
    '{count} {column has|columns have} no name and {was|were} numbered: {samples}.',
    'Rename the columns if needed.',
  ),
  'csv.short-row': finding('warning', '{count} {row is|rows are} too short; the last cells are missing{where}.', RAGGED_HINT),
  'csv.long-row': finding(
    'warning',
    '{count} {cell stands|cells stand} beyond the last column and {was|were} left out: {samples}{where}.',
    RAGGED_HINT,
  ),
  'csv.unclosed-quote': finding(
    'warning',
    '{count} {quote is|quotes are} opened and not closed{where} and {was read as a character|were read as characters}, so that no row is swallowed.',
    'Close these quotes in the file.',
  ),
  'csv.text-after-quote': finding(
    'warning',
    '{count} {cell goes|cells go} on after the closing quote; the rest was kept{where}.',
    'Check the quotes in these rows.',
  ),
  'csv.space-before-quote': finding(
    'note',
    '{count} quoted {cell has|cells have} spaces before the quote, which were ignored{where}.',
    'Nothing to do.',
  ),
  'csv.huge-cell': finding(
    'warning',
    '{count} {cell is|cells are} longer than 64 KB{where}.',
    'A stray quote may have joined lines; check these rows.',
  ),
  'column.trimmed': finding(
    'note',
    '“{column}”: spaces around {count} {cell|cells} were removed{where}.',
    'Put such cells in quotes to keep the spaces.',
  ),
  'column.unguarded': finding(
    'note',
    '“{column}”: {count} {cell begins|cells begin} with an apostrophe that protects spreadsheets; it was removed{where}.',
    'Nothing to do; export adds it again.',
  ),
  'column.missing': finding(
    'note',
    '“{column}”: {count} {cell|cells} read as missing: {samples}.',
    'List your own missing-value texts if these are values.',
  ),
  'column.thousands': finding('note', '“{column}”: {count} {number|numbers} with thousands separators {was|were} read{where}.', TYPE_HINT),
  'column.other-decimal': finding(
    'note',
    '“{column}” has another decimal sign than the rest of the file, as in {samples}{where}; it was read by its own.',
    TYPE_HINT,
  ),
  'column.negatives': finding('note', '“{column}”: {count} {number|numbers} such as {samples} {was|were} read as negative.', TYPE_HINT),
  'column.units': finding(
    'note',
    '“{column}”: {count} {number|numbers} with “{unit}” {was|were} read as the number alone: {samples}.',
    TYPE_HINT,
  ),
  'column.big-integers': finding(
    'note',
    '“{column}”: {count} whole {number is|numbers are} beyond 2^53 and would lose digits, so the column is text{where}.',
    TYPE_HINT,
  ),
  'column.leading-zeros': finding(
    'note',
    '“{column}”: {count} {cell has|cells have} leading zeros, so these are codes, not numbers{where}.',
    TYPE_HINT,
  ),
  'column.mixed-column': finding(
    'warning',
    '“{column}”: {most} of {values} cells are {kind}, but {count} {is|are} not: {samples}{where}. It was read as {type}.',
    'Set its type to {want} to make the others missing, or list them as missing-value texts.',
  ),
  'column.mixed-booleans': finding(
    'note',
    '“{column}” mixes ways to write true and false: {samples}. It was read as {type}.',
    'Set its type to boolean to join them.',
  ),
  'column.ambiguous-dates': finding(
    'warning',
    '“{column}”: {count} {date|dates} such as {samples} can be read two ways; {order} was assumed.',
    'Set “Date order” if that is wrong.',
  ),
  'column.cast': finding(
    'warning',
    '“{column}”: {count} {cell|cells} cannot be read as {type} and {is|are} missing: {samples}{where}.',
    'Set another type, or clean these cells first.',
  ),
  'column.no-such-column': finding(
    'warning',
    'A type is set for “{column}”, but there is no such column.',
    'Remove that line under Column types.',
  ),
  'column.empty-column': finding(
    'note',
    '{count} {column holds|columns hold} no value at all: {samples}.',
    'Drop them, or check the file.',
  ),
  'column.row-numbers': finding(
    'note',
    '“{column}” only numbers the rows; it has the role Identifier and is not learned from.',
    'Give it the role Feature with Edit metadata if it means something.',
  ),
  'column.identifier': finding(
    'note',
    '“{column}” is different in every row; it has the role Identifier and is not learned from.',
    'Give it the role Feature with Edit metadata if it means something.',
  ),
  'column.infinite': finding(
    'warning',
    '“{column}”: {count} {number is|numbers are} infinite{where}.',
    'Replace them or leave these rows out; most learners take finite numbers only.',
  ),
  'column.not-text': finding(
    'warning',
    '“{column}”: {count} {cell holds|cells hold} bytes that are no text{where}; they became “�”.',
    'Drop the column if it holds pictures or other files.',
  ),
  'column.nested': finding(
    'note',
    '“{column}” holds lists or records; they are kept as JSON text{where}.',
    'Flatten the file first if you need the values inside.',
  ),
  'json.invalid': finding('error', 'This is not valid JSON: {reason}', 'Check the file in a text editor, or save it again.'),
  'json.no-table': finding(
    'error',
    'This JSON holds no table.',
    'Use a list of records, a record of equally long lists, or one record a line.',
  ),
  'json.bad-line': finding(
    'warning',
    '{count} {line is|lines are} not valid JSON and {was|were} left out{where}.',
    'Repair these lines: {samples}.',
  ),
  'json.not-a-record': finding(
    'warning',
    '{count} {entry|entries} of the list {is no record|are not records} and {was|were} left out.',
    'Check the file.',
  ),
  'json.absent-keys': finding('note', '{count} {record lacks|records lack} some keys; those cells are missing{where}.', 'Nothing to do.'),
  'file.damaged': finding('error', 'This {format} file cannot be read: {reason}', 'Save it again, or export it as CSV.'),
  'file.zip-bomb': finding('error', 'This file was refused: {reason}.', 'Open it in a spreadsheet and export the sheet as CSV.'),
  'file.not-a-table': finding(
    'error',
    'This file is not a table that can be read here.',
    'Use CSV, JSON, Parquet or Excel (.xlsx); save old Excel files (.xls) as .xlsx.',
  ),
  'gzip.damaged': finding(
    'error',
    'This packed file is damaged or incomplete.',
    'Download it again, or unpack it first to see what is left of it.',
  ),
  'gzip.too-big': finding(
    'error',
    'Unpacked, this file is larger than {gigabytes} GB, more than can be read at once.',
    'Write fewer rows or columns into it.',
  ),
  'parquet.too-big': finding(
    'error',
    'This file has {rows} rows and {columns} columns, more than can be read at once.',
    'Write fewer rows or columns into it.',
  ),
  'excel.no-sheet': finding('error', 'There is no sheet “{sheet}”.', 'The sheets are {sheets}.'),
  'excel.one-sheet': finding('note', 'The file has {count} sheets; “{sheet}” was read.', 'Name another sheet under Sheet.'),
} satisfies Record<string, Finding>;
export type FindingCode = keyof typeof FINDINGS;
