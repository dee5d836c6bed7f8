/** scikit-learn and LightGBM in a Python process (`MILLRACE_PYTHON`, set by `npm run conformance:speed`), over the same float32 rows. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BoostingRows } from './boosting-data.ts';
import { PeerProcess } from './peer-process.ts';

const script = path.resolve('src/conformance/boosting_speed.py');
/** LightGBM and scikit-learn take a while on a million rows. */
const DEADLINE_MS = 600_000;

export interface BoostingPeers {
  process: PeerProcess;
  close: () => Promise<void>;
}

/** Undefined where there is no Python. */
export async function boostingPeers(train: BoostingRows, test: BoostingRows): Promise<BoostingPeers | undefined> {
  const command = process.env.MILLRACE_PYTHON;
  if (!command) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-bench-'));
  for (const [name, { X, y }] of Object.entries({ train, test })) {
    await writeFile(path.join(folder, `${name}.x`), X.values);
    await writeFile(path.join(folder, `${name}.y`), Float32Array.from(y));
  }
  const peer = new PeerProcess('python', command, [script, folder, String(train.X.cols)], DEADLINE_MS);
  const close = async () => {
    peer.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await peer.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { process: peer, close };
}
