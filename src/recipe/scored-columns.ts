/** Names of the columns that scoring adds, and which of the others stay beside them. */
import type { Role } from '../kind/schema.ts';

export interface ScoredColumns {
  /** `azure`: as Azure Machine Learning's designer names them. */
  names: 'plain' | 'azure';
  /** False leaves only what names the row, the target and predictions. */
  keep: boolean;
  /** Of two classes the positive one is the answer from this probability on; null: the likelier one. */
  threshold: number | null;
  /** False leaves the probabilities out. */
  probabilities: boolean;
  /** Stands before every new name, to tell several models apart. */
  prefix: string;
}
export const PLAIN: ScoredColumns = { names: 'plain', keep: true, threshold: null, probabilities: true, prefix: '' };

export const predictionName = ({ names, prefix }: ScoredColumns): string => prefix + (names === 'azure' ? 'Scored Labels' : 'predicted');
export const probabilityName = ({ names, prefix }: ScoredColumns, label: string): string =>
  prefix + (names === 'azure' ? `Scored Probabilities_${label}` : `P(${label})`);

const STAYS: ReadonlySet<Role> = new Set<Role>(['id', 'target', 'time', 'group', 'prediction', 'probability']);
export const staysBeside = ({ keep }: ScoredColumns, column: { name: string; role: Role }, target: string | undefined): boolean =>
  keep || column.name === target || STAYS.has(column.role);
