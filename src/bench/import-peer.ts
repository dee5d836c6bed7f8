/** Finds packages that only the benchmarks need, where `peers.mjs` has put them. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const peers = createRequire(path.resolve('node_modules/.millrace-peers/index.js'));

export const peerFile = (name: string): string => peers.resolve(name);
export const importPeer = (name: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(peerFile(name)).href);
