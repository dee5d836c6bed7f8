import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { needsLibrary, SANDBOX_SOURCE, type SandboxAnswer, type SandboxJob, wrapUserCode } from './sandbox-source.ts';

/** The worker's text in a context with the few names of a worker that it uses; blobs are kept by their address. */
function startSandbox() {
  const texts = new Map<string, string>();
  const self: Record<string, unknown> = {
    fetch: () => 'reached',
    indexedDB: {},
    console: { log: () => {} },
    setTimeout,
    Blob: class {
      text: string;
      constructor([text]: string[]) {
        this.text = text;
      }
    },
    URL: {
      createObjectURL: (blob: { text: string }) => {
        texts.set('blob:1', blob.text);
        return 'blob:1';
      },
      revokeObjectURL: () => texts.clear(),
    },
  };
  self.self = self;
  const context = vm.createContext(self);
  self.importScripts = (url: string) => vm.runInContext(texts.get(url) as string, context, { filename: 'user-code.js' });
  const answer = new Promise<SandboxAnswer>((resolve) => {
    self.postMessage = resolve;
  });
  vm.runInContext(SANDBOX_SOURCE, context);
  return (job: SandboxJob) => {
    (self.onmessage as (event: { data: SandboxJob }) => void)({ data: job });
    return answer;
  };
}
const people = { columns: [{ name: 'age', type: 'number', values: Float64Array.of(1, Number.NaN) }] };
const run = (source: string, library?: string) =>
  startSandbox()({ source: wrapUserCode(source), tables: [people], params: { k: 3 }, library });

describe('the sandbox worker', () => {
  it('gives tables and parameters, and answers with columns and the log', async () => {
    const answer = await run('log("k", params.k); return { age: tables[0].age, twice: tables[0].age.map((a) => a * 2) };');
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      ok: true,
      value: {
        columns: [
          { name: 'age', values: [1, null] },
          { name: 'twice', values: [2, null] },
        ],
        log: ['k 3'],
      },
    });
  });

  it('takes away what reaches outside before the user code runs', async () => {
    const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'BroadcastChannel', 'importScripts', 'Worker'];
    names.push('SharedWorker', 'indexedDB', 'caches', 'trustedTypes');
    const answer = await run(`return { kind: ${JSON.stringify(names)}.map((name) => typeof globalThis[name]) };`);
    expect(answer).toMatchObject({ ok: true, value: { columns: [{ values: names.map(() => 'undefined') }] } });
    expect(await run('globalThis.fetch = () => 1; return { kind: [typeof fetch] };')).toMatchObject({
      value: { columns: [{ values: ['undefined'] }] },
    });
  });

  it('says which part failed', async () => {
    expect(await run('return 1', 'throw new Error("broken library")')).toMatchObject({ ok: false, stage: 'library' });
    expect(await run('\n\nthrow new RangeError("far")')).toMatchObject({ ok: false, stage: 'run', message: 'RangeError: far', line: 3 });
    expect(await run('return [1, 2]')).toMatchObject({ ok: false, stage: 'result' });
    expect(await run('return { a: [() => 1] }')).toMatchObject({ ok: false, stage: 'result' });
  });

  it('loads danfojs only where it is named', () => {
    expect([needsLibrary('return df'), needsLibrary('new dfd.DataFrame()'), needsLibrary('const pdf = tables[0]')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
