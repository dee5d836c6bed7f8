/**
 * Four builds from one tree: the app (default), its service worker (`--mode sw`), the Node command line (`--mode node`) and the benchmark's worker
 * for a browser (`--mode bench`).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';
import { CONTENT_SECURITY_POLICY } from './src/host/csp.ts';
import { kernelsPlugin } from './src/kernels/build.ts';

const root = import.meta.dirname;
const version = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version;

/** Of all kernel sources: runs of one digest went through the same hot loops. */
function kernelsDigest(): string {
  const folder = path.join(root, 'src/kernels');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.as.ts'))
    .sort())
    hash.update(name).update(readFileSync(path.join(folder, name)));
  return hash.digest('hex').slice(0, 8);
}

/** The policy goes into built pages only: the developers' server needs inline scripts. */
const cspMeta: Plugin = {
  name: 'millrace-csp',
  apply: 'build',
  transformIndexHtml: (html) =>
    html.replace('<!-- csp -->', `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}" />`),
};

/** The sandbox takes danfojs as one classic script, which a build makes of it; the developers' server would hand out a module of many files. */
const danfoInOneFile: Plugin = {
  name: 'millrace-danfo',
  apply: 'serve',
  enforce: 'pre',
  async load(id) {
    const [file, query] = id.split('?');
    if (!file.endsWith('/src/host/danfo.ts') || query !== 'worker&url') return undefined;
    const built = await build({
      configFile: false,
      logLevel: 'error',
      resolve: shared.resolve,
      build: {
        write: false,
        target: 'esnext',
        rolldownOptions: { ...quiet, input: file, output: { format: 'iife', codeSplitting: false } },
      },
    });
    const [script] = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
    if (script.type !== 'chunk') throw new Error('danfojs was not built as a script');
    return `export default URL.createObjectURL(new Blob([${JSON.stringify(script.code)}], { type: 'text/javascript' }));`;
  },
};

/** Every built file with its size, for the service worker: the shell at install, the rest when idle. */
function builtFiles(): { url: string; bytes: number }[] {
  const dist = path.join(root, 'dist');
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !['sw.js', '_headers'].includes(file.name) && !file.name.endsWith('.map'))
    .map((file) => {
      const full = path.join(file.parentPath, file.name);
      return { url: path.relative(dist, full).split(path.sep).join('/'), bytes: readFileSync(full).length };
    })
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** Unit tests stand beside their code; what is slow is named `.nightly.ts` and runs with NIGHTLY=1 instead. */
const nightly = process.env.NIGHTLY !== undefined;
const test = {
  include: nightly ? ['src/**/*.nightly.ts'] : ['src/**/*.test.{ts,tsx}'],
  testTimeout: nightly ? 600_000 : 60_000,
  // Vitest would leave one core to its own process, which idles: of two cores, one.
  maxWorkers: nightly ? 1 : availableParallelism(),
  // Node reads its import of intl-messageformat as CommonJS and finds no constructor.
  server: { deps: { inline: ['i18next-icu'] } },
};

const shared = {
  plugins: [kernelsPlugin()],
  define: { __APP_VERSION__: JSON.stringify(version), __KERNELS__: JSON.stringify(`WebAssembly ${kernelsDigest()}`) },
  resolve: { alias: { danfojs: path.resolve(root, 'node_modules/danfojs/dist/danfojs-base/index.js') } },
} satisfies UserConfig;

/** Fluent's and React Flow's `use client` lines are not for us. */
const quiet = {
  checks: { pluginTimings: false },
  onwarn: (warning: { code?: string }, forward: (warning: never) => void) => {
    if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') forward(warning as never);
  },
};

const app: UserConfig & { test: typeof test } = {
  ...shared,
  test,
  base: './',
  plugins: [react(), cspMeta, danfoInOneFile, ...shared.plugins],
  worker: { format: 'es', plugins: () => [kernelsPlugin()] },
  optimizeDeps: { exclude: ['onnxruntime-web'], include: ['papaparse'] },
  build: {
    target: 'esnext',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
    rolldownOptions: quiet,
  },
  preview: { port: 4173 },
};

const serviceWorker = (): UserConfig => {
  const files = builtFiles();
  const digest = createHash('sha256');
  for (const file of files) digest.update(readFileSync(path.join(root, 'dist', file.url)));
  const build = digest.digest('hex').slice(0, 16);
  return {
    ...shared,
    define: { ...shared.define, __BUILD__: JSON.stringify(build), __FILES__: JSON.stringify(files) },
    publicDir: false,
    build: {
      target: 'esnext',
      emptyOutDir: false,
      rolldownOptions: { input: 'src/host/sw.ts', output: { format: 'iife', entryFileNames: 'sw.js', codeSplitting: false } },
    },
  };
};

const node: UserConfig = {
  ...shared,
  publicDir: false,
  ssr: { noExternal: true, external: ['onnxruntime-web', '@tensorflow/tfjs', 'danfojs', '@playwright/test'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist-node',
    rolldownOptions: {
      ...quiet,
      input: {
        cli: 'src/cli.ts',
        worker: 'src/host/node-worker.ts',
        predict: 'src/host/predict-worker.ts',
        bench: 'src/bench/bench.ts',
        'bench-forecast': 'src/bench/forecast.ts',
        'bench-automl': 'src/conformance/automl-folds.ts',
        'automl-table': 'src/conformance/automl-table.ts',
      },
    },
  },
};

/** One worker that runs any area by name; `src/bench/stages.ts` serves it. */
const bench: UserConfig = {
  ...shared,
  base: './',
  publicDir: false,
  build: {
    target: 'esnext',
    outDir: 'dist-bench',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: false,
    rolldownOptions: { ...quiet, external: /^node:/, input: { worker: 'src/bench/worker.ts' }, output: { entryFileNames: '[name].js' } },
  },
};

export default defineConfig(({ mode }) => (mode === 'sw' ? serviceWorker() : mode === 'node' ? node : mode === 'bench' ? bench : app));
