/** Every change to a document is one invertible Edit through one function, so undo, autosave and history see all of them. */
import type { Json } from '../base/json.ts';
import type { Words } from '../base/words.ts';
import type { DocumentNode, Note, Wire } from './document.ts';

/** `null` removes. Setting a record whole is its own inverse with the old record. */
export type Change =
  | { type: 'node'; id: string; value: DocumentNode | null }
  | { type: 'wire'; id: string; value: Wire | null }
  | { type: 'note'; id: string; value: Note | null }
  /** One parameter; `undefined` goes back to the default. */
  | { type: 'param'; node: string; param: string; value: Json | undefined }
  | { type: 'field'; field: 'name' | 'description' | 'seed'; value: Json };

export interface Edit {
  /** Named step for the history: "Set Test size to 0.3". */
  label: Words;
  changes: readonly Change[];
  /** Edits with the same merge key within 500 ms become one (typing in one field, dragging). */
  merge?: string;
}
