/** What the engine worker may ask of the page: hear events, hand out files, run user code in the page's sandbox. */

import type { Json } from '../base/json.ts';
import type { RunEvent } from '../events/event.ts';

export type PageService = {
  event: (event: RunEvent) => void;
  registryChanged: () => void;
  saveFile: (name: string, bytes: Uint8Array, mime: string) => void;
  runScript: (source: string, tables: unknown[], params: Json, deadlineMs: number) => Promise<unknown>;
};
