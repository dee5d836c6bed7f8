/** A compute worker of the command line. */
import { serveCompute } from '../engine/execute.ts';
import { loadNode } from './kinds.ts';
import { portToParent } from './parent-port.ts';

serveCompute(portToParent(), loadNode, { now: () => performance.now() });
