/** What a caller may settle about a CSV file; whatever is left out is guessed from its head. */
import type { ColumnType, DateOrder } from '../../kind/schema.ts';

export interface CsvOptions {
  /** One ASCII character; `\t` for tab. */
  delimiter?: string;
  /** One ASCII character; '' = cells are never quoted. */
  quote?: string;
  decimal?: '.' | ',';
  /** A name that TextDecoder knows. */
  encoding?: string;
  header?: boolean;
  /** Physical lines to leave out before the header. */
  skipLines?: number;
  /** Lines that begin with this character are left out; '' = none. */
  comment?: string;
  /** Cell texts read as missing, in every column, instead of the usual ones. */
  missing?: readonly string[];
  dateOrder?: DateOrder;
  /** Types that the user set; cells that do not fit become missing and are counted. */
  types?: readonly { column: string; type: ColumnType; dateOrder?: DateOrder }[];
  /** Called with 0 to 1 as bytes are read. */
  progress?: (fraction: number) => void;
}
