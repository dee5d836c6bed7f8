/** What the engine worker may ask of the page: hear events, hand out files, run user code in the page's sandbox. */

import type { Json } from '../base/json.ts';
import type { RunEvent } from '../events/event.ts';
import type { WriterState } from './protocol.ts';

export type PageService = {
  event: (event: RunEvent) => void;
  registryChanged: (stores: string[]) => void;
  /** Resolves when the page has done what the state asks for: saved, when it is `taken`. */
  writerChanged: (state: WriterState) => Promise<void>;
  /** Bytes of a file on disk, by the id of its handle. */
  readHandle: (id: string, name: string) => Promise<Uint8Array>;
  forgetHandles: (ids: string[]) => Promise<void>;
  saveFile: (name: string, bytes: Uint8Array, mime: string) => void;
  runScript: (source: string, tables: unknown[], params: Json, deadlineMs: number) => Promise<unknown>;
};
