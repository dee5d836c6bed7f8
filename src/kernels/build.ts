/**
 * The Vite plugin that compiles kernels: `import { bytes } from './walk.as.ts?wasm'` gives the WebAssembly of that AssemblyScript file, inlined,
 * in every build, in workers, in the command line and in tests alike. Results are kept on disk by the digest of all that made them.
 *
 * What a kernel file looks like is told in `memory.as.ts`; how a learner reaches it, in `door.ts`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** `--converge` optimises until nothing changes; without assertions; no runtime: kernels own no objects, only the memory given to them. */
const FLAGS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory', '--memoryBase', '1024', '--enable', 'simd'];
const ROOT = path.resolve(import.meta.dirname, '../..');
const QUERY = '?wasm';
const VIRTUAL = '\0kernel:';

/** What we use of `assemblyscript/asc`. Its own types would declare `load`, `min` … as globals of the whole project. */
interface Compiler {
  main: (
    args: string[],
    host: {
      stderr: { write: (text: unknown) => void };
      stdout: { write: (text: unknown) => void };
      readFile: (name: string, base: string) => string | null;
      writeFile: (name: string, data: Uint8Array | string) => void;
      listFiles: () => string[];
    },
  ) => Promise<{ error: Error | null }>;
}
const COMPILER: string = 'assemblyscript/asc';

/**
 * Our sources say `/* inline *\/` where AssemblyScript wants a decorator, which TypeScript allows on classes only. Columns stay. An import with its
 * extension would be another file to AssemblyScript than the same one re-exported, and its code would be there twice.
 */
const forCompiler = (source: string): string => source.replaceAll('/* inline */', '@inline     ').replace(/( from '\.[^']+)\.ts'/g, "$1'");

/** The file and all kernel files that it imports, with their text, in a fixed order. */
function sourcesOf(file: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    const text = readFileSync(name, 'utf8');
    found.set(name, text);
    for (const [, request] of text.matchAll(/from '(\.[^']+)'/g)) visit(path.resolve(path.dirname(name), request));
  };
  visit(file);
  return found;
}

async function compile(file: string): Promise<Uint8Array> {
  const asc = (await import(/* @vite-ignore */ COMPILER)) as Compiler;
  let wasm: Uint8Array | undefined;
  let messages = '';
  const write = (text: unknown) => {
    messages += String(text);
  };
  const { error } = await asc.main([path.basename(file), '-o', 'out.wasm', ...FLAGS], {
    stderr: { write },
    stdout: { write: () => undefined },
    readFile: (name) => {
      try {
        // asc adds the extension to an import that has it already.
        return forCompiler(readFileSync(path.resolve(path.dirname(file), name.replace(/\.ts\.ts$/, '.ts')), 'utf8'));
      } catch {
        return null;
      }
    },
    writeFile: (name, data) => {
      if (name === 'out.wasm' && typeof data !== 'string') wasm = data;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`${file} does not compile: ${error?.message ?? 'no output'}\n${messages}`);
  return wasm;
}

/** Part of a result's key: another compiler makes other bytes. */
function compilerVersion(): string {
  const file = path.join(ROOT, 'node_modules/assemblyscript/package.json');
  if (!existsSync(file)) throw new Error('AssemblyScript is not installed here: run "node .ci/setup.mjs", or "npm ci --ignore-scripts".');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const running = new Map<string, Promise<Uint8Array>>();

/** The compiled bytes, from disk where the same sources were compiled before with the same compiler and flags. */
async function compiled(file: string, sources: Map<string, string>): Promise<Uint8Array> {
  const digest = createHash('sha256').update(JSON.stringify([compilerVersion(), FLAGS, [...sources.values()]]));
  const key = `${path.basename(file, '.as.ts')}-${digest.digest('hex').slice(0, 24)}`;
  const folder = path.join(ROOT, 'node_modules/.cache/millrace-kernels');
  const kept = path.join(folder, `${key}.wasm`);
  const make = async () => {
    try {
      return new Uint8Array(readFileSync(kept));
    } catch {
      const bytes = await compile(file);
      mkdirSync(folder, { recursive: true });
      // Another process may write the same file: each writes its own and renames it.
      writeFileSync(`${kept}.${process.pid}`, bytes);
      renameSync(`${kept}.${process.pid}`, kept);
      return bytes;
    }
  };
  const job = running.get(key) ?? make();
  running.set(key, job);
  return job;
}

export function kernelsPlugin(): Plugin {
  return {
    name: 'millrace-kernels',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(`.as.ts${QUERY}`)) return null;
      const found = await this.resolve(id.slice(0, -QUERY.length), importer, { skipSelf: true });
      return found && `${VIRTUAL}${found.id}.js`;
    },
    async load(id) {
      if (!id.startsWith(VIRTUAL)) return null;
      const file = id.slice(VIRTUAL.length, -'.js'.length);
      const sources = sourcesOf(file);
      for (const name of sources.keys()) this.addWatchFile(name);
      const text = Buffer.from(await compiled(file, sources)).toString('base64');
      return `export const bytes = Uint8Array.from(atob(${JSON.stringify(text)}), (c) => c.charCodeAt(0));`;
    },
  };
}
