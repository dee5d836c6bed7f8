/**
 * What a benchmark area is. An area runs as it is in Node and in a Chromium worker, so it imports nothing of Node's; whatever must run in a process
 * of its own (Python, or tables too large for one heap) is named as data. To join: export an `Area` from a file of your own and add it to
 * `areas.ts`; `boosting.ts` is the pattern. Its Python side is a script in `src/conformance` that prints `{"ready": "name version"}`, then
 * answers each line of its input with `{"ms": CPU milliseconds}`, `{"quality": number}` or `{"error": text}`.
 */

/** One that takes part, in this thread. */
export interface Entrant {
  name: string;
  /** Does the work once. */
  run: () => unknown;
  /** How good its result is, in the contest's measure. */
  quality?: () => number | Promise<number>;
}
export interface PythonPeer {
  /** File in `src/conformance`. */
  script: string;
  /** Given to the script in a folder, its first argument; made once per contest. */
  files: () => Record<string, Uint8Array | Float32Array>;
  args: readonly string[];
  /** What it is asked: the line for one run of the work, and for the quality of the result. */
  asks: readonly { name: string; work: string; quality?: string }[];
  /** Contests of an area that name the same are given the same process. */
  shared?: string;
}
/** The same work by several candidates; the first entrant is ours. */
export interface Entered {
  entrants: readonly Entrant[];
  python?: PythonPeer;
  /** Lines under the table row, read after the runs. */
  notes?: () => string[];
  close?: () => unknown;
}
export interface Contest {
  title: string;
  /** What `quality` measures, and digits after the point. */
  quality?: { name: string; digits: number };
  /** Makes the data, the same in every realm. */
  open: () => Promise<Entered> | Entered;
}
export interface Area {
  name: string;
  /** What the table is of. */
  about: string;
  /** Not in a browser's worker. */
  nodeOnly?: true;
  /** Only in a browser that was given its graphics card. */
  cardOnly?: true;
  /** Short ones end within a minute together; `full` adds the large ones. */
  contests: (full: boolean) => Contest[];
}

/** Rows in words. */
export const many = (rows: number): string => rows.toLocaleString('en');
