/** The engine for the command line and for tests: values in memory, registry in a folder, files beside the pipeline. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashJson } from '../base/hash.ts';
import { ProblemError } from '../base/problem.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { inProcessSpawn } from '../engine/in-process.ts';
import { createPool } from '../engine/pool.ts';
import { memoryKeyValue } from '../engine/storage.ts';
import { createStore } from '../engine/store.ts';
import { filesRegistry } from '../registry/files-registry.ts';
import { fileBlobs, textFile } from './blob-files.ts';
import { headlineOf } from './headline.ts';
import { kinds, loadNode } from './kinds.ts';
import { nodeFiles } from './node-files.ts';
import { nodeSpawn } from './node-pool.ts';
import { nodeScripts } from './sandbox-node.ts';

declare const __APP_VERSION__: string;

export interface NodeOptions {
  /** Where the pipeline's files lie. */
  folder: string;
  /** File name in the document → path. */
  files?: Readonly<Record<string, string>>;
  /** Where the folder registry and saved files go. */
  output: string;
  /** Where the bundled samples lie. */
  samples: string;
  workers: number;
  /** The built worker script; without one, steps run in this thread. */
  workerScript?: URL;
  allowScripts?: boolean;
}
const CACHE_BYTES = 1.5 * 1024 ** 3;

export interface NodeEngine extends Engine {
  close: () => void;
}

export async function createNodeEngine(options: NodeOptions): Promise<NodeEngine> {
  const now = () => Date.now();
  const blobs = fileBlobs(path.join(options.output, 'registry', 'blobs'));
  const index = textFile(path.join(options.output, 'registry', 'index.json'));
  const after = (ms: number, fire: () => void) => {
    const timer = setTimeout(fire, ms);
    timer.unref();
    return () => clearTimeout(timer);
  };
  const spawn = options.workerScript ? nodeSpawn(options.workerScript) : inProcessSpawn(loadNode, () => performance.now());
  const pool = createPool({ spawn, size: options.workers, after });
  const engine = createEngine({
    kinds,
    loadNode,
    pool,
    store: createStore({ budgetBytes: CACHE_BYTES, now }),
    records: memoryKeyValue(),
    services: ({ run, node, document }) => ({
      ...filesRegistry(
        blobs,
        index,
        { run, node, pipeline: document.id, pipelineDigest: hashJson(document), seed: document.seed, app: __APP_VERSION__ },
        now,
      ),
      readFile: nodeFiles(options.folder, options.files ?? {}),
      readSample: (name) => readSample(options.samples, name),
      saveFile: async (name, bytes) => {
        await mkdir(options.output, { recursive: true });
        await writeFile(path.join(options.output, path.basename(name)), bytes);
      },
      runScript: nodeScripts(options.allowScripts ?? false),
    }),
    now,
    newId: randomUUID,
    headline: headlineOf,
  });
  await engine.open();
  return { ...engine, close: () => pool.close() };
}

async function readSample(folder: string, name: string): Promise<Uint8Array> {
  const list = JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8')) as { name: string; file: string }[];
  const found = list.find((sample) => sample.name === name);
  if (found) return new Uint8Array(await readFile(path.join(folder, found.file)));
  throw new ProblemError({
    code: 'sample.unknown',
    at: { param: 'sample' },
    args: { name },
    message: `There is no sample called “${name}”.`,
    hint: `The samples are ${list.map((sample) => sample.name).join(', ')}.`,
  });
}
