/** The wire in the hand: where it began and which ports would take it. Set when a drag begins, gone when it ends. */
import { create } from 'zustand';
import type { End, Refused, Side } from './connect-rules.ts';

export interface Connecting {
  fixed: End;
  side: Side;
  judge: (other: End) => Refused | undefined;
}
export const useConnecting = create<{ now: Connecting | undefined }>(() => ({ now: undefined }));
