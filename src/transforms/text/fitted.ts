/** What is learned of texts, which step and graph read. */

export interface TextColumn {
  name: string;
  /** Single words before pairs, each in code-point order. */
  terms: string[];
  /** The new column that each term counts in; absent: each has its own, in order. */
  at?: number[];
  /** Of the columns of terms: what a share is multiplied by. */
  weights: number[];
  /** The new columns: of terms, and the number of words last. */
  names: string[];
}
export interface FittedText {
  columns: TextColumn[];
}

export const placesOf = ({ terms, at }: TextColumn): readonly number[] => at ?? terms.map((_, place) => place);
