/** A compute worker of the browser: runs the steps that the engine worker sends. */
import { serveCompute } from '../engine/execute.ts';
import { loadNode } from './kinds.ts';
import { parentPort } from './worker-port.ts';

serveCompute(parentPort(), loadNode, { now: () => performance.now() });
