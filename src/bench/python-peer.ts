/** A Python process (`MILLRACE_PYTHON`, set by `npm run conformance:speed`) over the same arrays, handed over as files. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PythonPeer } from './area.ts';
import { PeerProcess } from './peer-process.ts';

/** Peers take a while on a million rows. */
const DEADLINE_MS = 600_000;

export interface Python {
  process: PeerProcess;
  close: () => Promise<void>;
}

export async function startPython({ script, files, args }: PythonPeer): Promise<Python> {
  const command = process.env.MILLRACE_PYTHON;
  if (!command) throw new Error('no Python given; npm run conformance:speed brings it');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'millrace-bench-'));
  for (const [name, bytes] of Object.entries(files())) await writeFile(path.join(folder, name), bytes);
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
