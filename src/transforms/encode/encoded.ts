/** What encode learns, which step and graph read. */

export interface EncodedColumn {
  name: string;
  boolean: boolean;
  /** One-hot: levels that get a column; otherwise all, in code-point order. */
  levels: string[];
  /** Ordinal: rank; frequency: share of the learning rows. One per level. */
  values: number[];
  /** One-hot: names of the new columns. */
  names: string[];
}
export interface Encoded {
  columns: EncodedColumn[];
}
