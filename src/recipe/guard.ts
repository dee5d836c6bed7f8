/** What AutoML says of its table before it trains: one line per check, with a way to put the fix on the canvas. */
import type { Json } from '../base/json.ts';
import type { Phrase } from '../base/words.ts';

export interface GuardFix {
  /** The verb on the button. */
  label: Phrase;
  /** Of the page: `add-before` puts a step before a port of the node, `set-params` sets what the node is asked. */
  command: 'add-before' | 'set-params';
  args: Record<string, Json>;
}
export interface Guard {
  check: string;
  /** `fixed`: the search itself sees to it. */
  state: 'passed' | 'fixed' | 'alerted';
  said: Phrase;
  columns: readonly string[];
  /** Rows concerned, of the table that came in, counted from 1: the first of them. */
  rows?: readonly number[];
  fix?: GuardFix;
}
