/** Toy kinds and a whole engine over them, for the engine's tests: numbers on wires, a gate to hold steps, counted runs. */

import { memoryBlobs } from '../base/blob-store.ts';
import type { Json } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import type { RunEvent } from '../events/event.ts';
import type { Kind } from '../kind/kind.ts';
import { file, integer, number, seed, text } from '../kind/params.ts';
import type { NodeCode, RunContext, Services } from '../kind/run.ts';
import type { DocumentNode, PipelineDocument, Wire } from './document.ts';
import { emptyDocument } from './document.ts';
import { createEngine, type Engine, type EngineDeps } from './engine.ts';
import { inProcessSpawn } from './in-process.ts';
import type { LoadNode } from './job.ts';
import { createPool } from './pool.ts';
import type { Disk } from './spill.ts';
import { memoryKeyValue } from './storage.ts';
import { createStore } from './store.ts';

const kind = (id: string, more: Partial<Kind>): Kind => ({
  id,
  version: 1,
  title: id[0].toUpperCase() + id.slice(1),
  group: 'prepare',
  icon: 'table',
  synonyms: [],
  summary: 'Toy.',
  inputs: [{ id: 'in', title: 'In', type: 'value', required: true }],
  outputs: [{ id: 'out', title: 'Out', type: 'value' }],
  params: {},
  schema: () => ({ out: { type: 'value' } }),
  ...more,
});

type Numbers = { values: Float64Array };
const numbers = (value: unknown) => (value as Numbers).values;
const map = ({ inputs }: RunContext, change: (value: number) => number) => ({ out: { values: numbers(inputs.in).map(change) } });

const TOYS: [Kind, NodeCode][] = [
  [
    kind('source', {
      inputs: [],
      tags: { random: true },
      params: { size: integer('Size', 8, 'How many.', { min: 1, max: 1000 }), seed: seed() },
    }),
    {
      run: async ({ params, random }) => {
        const draw = random('values');
        return { out: { values: Float64Array.from({ length: params.size as number }, () => draw.below(100)) } };
      },
    },
  ],
  [
    kind('file', { inputs: [], params: { file: file('File', 'x', { accept: ['.csv'] }) } }),
    { run: async () => ({ out: { values: Float64Array.of(1, 2) } }) },
  ],
  [kind('add', { params: { by: number('Amount', 1, 'What to add.') } }), { run: async (c) => map(c, (x) => x + (c.params.by as number)) }],
  [kind('sign', {}), { run: async (c) => map(c, (x) => (x > 0 ? 1 : x < 0 ? -1 : 0)) }],
  [
    kind('sum', { inputs: [{ id: 'in', title: 'In', type: 'value', required: true, many: true }] }),
    {
      run: async ({ lists, progress }) => {
        const columns = lists.in.map(numbers);
        progress({ fraction: 0.5 });
        return { out: { values: columns[0].map((_, i) => columns.reduce((sum, column) => sum + column[i], 0)) } };
      },
    },
  ],
  [
    kind('noise', { tags: { random: true }, params: { seed: seed() } }),
    {
      run: async (c) => {
        const draw = c.random('noise');
        return map(c, (x) => x + draw.below(1000));
      },
    },
  ],
  [
    kind('fail', { params: { message: text('Message', 'broken', 'What to say.') } }),
    {
      run: async ({ params }) => {
        throw new ProblemError({ code: 'toy.fail', message: String(params.message), hint: 'Mend it.' });
      },
    },
  ],
  [kind('rename', { tags: { instant: true } }), { run: async ({ inputs }) => ({ out: inputs.in }) }],
  [kind('clock', { tags: { uncacheable: true } }), { run: async ({ inputs }) => ({ out: inputs.in }) }],
  [
    kind('save', { tags: { effect: true }, outputs: [{ id: 'out', title: 'Out', type: 'artefact' }] }),
    {
      run: async ({ inputs, services }) => {
        await services.saveFile('out', new Uint8Array(numbers(inputs.in).length), 'x');
        return { out: { saved: true } };
      },
    },
  ],
  [
    kind('register', { tags: { effect: true }, outputs: [{ id: 'out', title: 'Out', type: 'artefact' }] }),
    {
      run: async ({ inputs, services }) => ({ out: await services.saveModel('m', inputs.in, { description: '', tags: {}, metrics: {} }) }),
    },
  ],
  [
    kind('rounds', { tags: { stoppable: true } }),
    {
      run: async ({ inputs, stopRequested, services, log }) => {
        let round = 0;
        while (!stopRequested()) {
          await services.readSample(`round ${round++}`);
          log(`round ${round}`);
        }
        return { out: inputs.in };
      },
    },
  ],
  [
    kind('listen', { tags: { asks: ['add', 'end'] } }),
    {
      run: ({ onAsk, log }) =>
        new Promise((resolve) => {
          let sum = 0;
          onAsk(({ name, args }) => {
            log(`${name} ${args ?? ''}`);
            if (name === 'add') sum += Number(args);
            else resolve({ out: { values: Float64Array.of(sum) } });
          });
        }),
    },
  ],
  [
    kind('digest', {
      params: { size: integer('Size', 3, 'How many.', { min: 1, max: 9 }), pick: integer('Pick', 0, 'Which.', { min: 0, max: 9 }) },
      keeps: { id: 'work', params: ['pick'] },
    }),
    {
      run: async ({ inputs, params, log }) => {
        const known = inputs.work as Numbers | undefined;
        if (!known) log('worked');
        const work = known ?? { values: numbers(inputs.in).slice(0, params.size as number) };
        return { out: { values: work.values.slice(0, 1 + (params.pick as number)) }, ...(known ? {} : { work }) };
      },
    },
  ],
  [kind('undeclared', {}), { run: async (c) => ({ out: { values: Float64Array.of(c.random('x').below(5)) } }) }],
];
export const toyKinds = new Map(TOYS.map(([toy]) => [toy.id, toy]));

export const node = (id: string, of: string, params: Record<string, Json> = {}, more: Partial<DocumentNode> = {}): DocumentNode => ({
  id,
  kind: of,
  version: 1,
  params,
  position: { x: 0, y: 0 },
  ...more,
});
/** `'a>b'` wires a.out to b.in; `'a.x>b.y'` names the ports. */
export function wire(id: string, path: string): Wire {
  const [from, to] = path.split('>').map((end) => end.split('.'));
  return { id, from: { node: from[0], port: from[1] ?? 'out' }, to: { node: to[0], port: to[1] ?? 'in' } };
}
export function pipeline(nodes: DocumentNode[], wires: string[]): PipelineDocument {
  return {
    ...emptyDocument('p', 'Toy'),
    nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
    wires: Object.fromEntries(wires.map((path, i) => [`w${i + 1}`, wire(`w${i + 1}`, path)])),
  };
}

export interface ToyEngine {
  engine: Engine;
  events: RunEvent[];
  /** Kinds whose code ran, by node id, in order. */
  ran: string[];
  saved: string[];
  /** Versions in the toy registry; take one out to delete it. */
  versions: Set<number>;
  /** Runs to the end and gives the states by node. */
  runAll: (document: PipelineDocument, request?: Parameters<Engine['run']>[1]) => Promise<Record<string, string>>;
  /** Digests of all outputs of the last run, by node. */
  digests: () => Record<string, string>;
}

/** `hold(node)` may delay a step's code; it gets the kind id. */
export async function toyEngine(
  options: { workers?: number; hold?: (kind: string) => Promise<void>; disk?: Disk; more?: Partial<EngineDeps> } = {},
): Promise<ToyEngine> {
  let tick = 0;
  const now = () => ++tick;
  const ran: string[] = [];
  const saved: string[] = [];
  const versions = new Set<number>();
  let numbered = 0;
  const events: RunEvent[] = [];
  const codes = new Map(TOYS.map(([toy, code]) => [toy.id, code]));
  const loadNode: LoadNode = async (id) => ({
    run: async (context) => {
      ran.push(id);
      await options.hold?.(id);
      return codes.get(id)!.run(context);
    },
  });
  const services = () =>
    ({
      saveFile: async (name: string) => void saved.push(name),
      saveModel: async (name: string) => {
        versions.add(++numbered);
        return { name, version: numbered, digest: '', existing: false };
      },
      describeModel: async (name: string, version: number) => {
        if (versions.has(version)) return { version };
        throw new ProblemError({ code: 'registry.not-found', message: `No version ${version} of ${name}.`, hint: 'Register it.' });
      },
      readSample: async () => new Promise((resolve) => setTimeout(() => resolve(new Uint8Array(1)), 1)),
    }) as unknown as Services;
  const pool = createPool({ spawn: inProcessSpawn(loadNode, now), size: options.workers ?? 2, after: () => () => {} });
  const disk = options.disk ?? toyDisk();
  let ids = 0;
  const engine = createEngine({
    kinds: toyKinds,
    loadNode,
    pool,
    store: createStore({ budgetBytes: 1e9, now, disk }),
    records: disk.records,
    services,
    now,
    newId: () => `r${++ids}`,
    headline: (type) => ({ headline: type }),
    ...options.more,
  });
  await engine.open();
  engine.subscribe((event) => events.push(event));
  return {
    engine,
    events,
    ran,
    saved,
    versions,
    runAll: async (document, request = { scope: { type: 'all' } }) => {
      const finished = await engine.ended(await engine.run(document, request));
      return Object.fromEntries(finished!.steps.map((step) => [step.node, step.state]));
    },
    digests: () =>
      Object.fromEntries(
        events.flatMap((event) => (event.type === 'step-done' ? [[event.node, Object.values(event.outputs)[0].digest]] : [])),
      ),
  };
}
export const toyDisk = () => ({ blobs: memoryBlobs(), records: memoryKeyValue() });

/** A random acyclic document over the toy kinds. */
export function randomPipeline(name: string, size: number): PipelineDocument {
  const draw = stream('toy', name);
  const nodes = [node('n1', 'source', { seed: 1 }), node('n2', 'source', { seed: 2, size: 8 })];
  const wires: string[] = [];
  const kinds = ['add', 'sign', 'sum', 'noise', 'rename'];
  for (let i = 3; i <= size; i++) {
    const of = kinds[draw.below(kinds.length)];
    nodes.push(node(`n${i}`, of, of === 'noise' ? { seed: i } : of === 'add' ? { by: draw.below(50) - 60 } : {}));
    const count = of === 'sum' ? 1 + draw.below(3) : 1;
    const parents = new Set(Array.from({ length: count }, () => 1 + draw.below(i - 1)));
    for (const parent of parents) wires.push(`n${parent}>n${i}`);
  }
  return pipeline(nodes, wires);
}
