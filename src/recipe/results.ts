/** What Evaluate and Cross-validate give: row-level predictions and metrics per model; the dock draws everything from it. */
import type { Words } from '../base/words.ts';
import type { Task } from '../kind/kind.ts';

export interface ModelResult {
  /** Name shown ("Gradient boosting"). */
  name: Words;
  /** Ids of the rows judged, and for cross-validation the fold of each. */
  ids: Int32Array;
  fold?: Int32Array;
  /** Class codes in `classes` order, or values in original units. */
  truth: Float64Array;
  predicted: Float64Array;
  /** Row-major [n, classes]. */
  probabilities?: Float64Array;
  /** All metrics of the task by name (`auc`, `log_loss`, `accuracy`, `rmse` …); pooled, or mean over folds with `sd`. */
  metrics: Record<string, number>;
  sd?: Record<string, number>;
  foldMetrics?: Record<string, number>[];
  importances?: readonly { name: string; value: number }[];
  /** "training score", "12 rows left out: target missing" … */
  notes: Words[];
}
export interface Results {
  task: Task;
  target: string;
  classes?: readonly string[];
  positive?: string;
  /** The headline metric's name. */
  primary: string;
  models: ModelResult[];
}

/** A file on an `A` wire. */
export interface Artefact {
  name: string;
  mime: string;
  bytes: Uint8Array;
  /** What it is, for the dock: an ONNX file with its certificate, a saved table, a registry row. */
  about: Record<string, unknown>;
}
