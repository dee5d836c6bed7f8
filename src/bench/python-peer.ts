/** A Python process (`MILLRACE_PYTHON`, set by `npm run conformance:speed`) over the same arrays, handed over as files. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PeerProcess } from './peer-process.ts';

/** Peers take a while on a million rows. */
const DEADLINE_MS = 600_000;

export interface PythonPeer {
  process: PeerProcess;
  close: () => Promise<void>;
}

/** Starts `src/conformance/SCRIPT FOLDER …args` with the arrays as files in the folder. Undefined where there is no Python. */
export async function pythonPeer(
  script: string,
  files: Record<string, Float32Array>,
  args: readonly string[],
): Promise<PythonPeer | undefined> {
  const command = process.env.MILLRACE_PYTHON;
  if (!command) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-bench-'));
  for (const [name, values] of Object.entries(files)) await writeFile(path.join(folder, name), values);
  const peer = new PeerProcess('python', command, [path.resolve('src/conformance', script), folder, ...args], DEADLINE_MS);
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
