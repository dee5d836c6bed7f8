/** What is learned of texts, which step and graph read. */

export interface TextColumn {
  name: string;
  /** Single words before pairs, each in code-point order. */
  terms: string[];
  /** Of the terms: what a share is multiplied by. */
  weights: number[];
  /** The new columns: one per term, and the number of words last. */
  names: string[];
}
export interface FittedText {
  columns: TextColumn[];
}
