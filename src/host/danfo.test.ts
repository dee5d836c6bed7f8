/** The developers' server hands out danfojs as one classic script, as the built app does: the sandbox cannot load modules. */
import { resolveObjectURL } from 'node:buffer';
import path from 'node:path';
import vm from 'node:vm';
import { createServer } from 'vite';
import { expect, test } from 'vitest';

test('a script of one file that sets dfd', async () => {
  const root = path.join(import.meta.dirname, '..', '..');
  const server = await createServer({ root, logLevel: 'error', server: { middlewareMode: true, ws: false, watch: null } });
  try {
    const { default: url } = (await server.ssrLoadModule('/src/host/danfo.ts?worker&url')) as { default: string };
    const context = vm.createContext({ console, setTimeout, clearTimeout, performance, TextEncoder, TextDecoder, URL });
    vm.runInContext('globalThis.self = globalThis', context);
    vm.runInContext(await (resolveObjectURL(url) as Blob).text(), context);
    expect(vm.runInContext('new dfd.DataFrame({ a: [1, 2] }).a.sum()', context)).toBe(3);
  } finally {
    await server.close();
  }
});
