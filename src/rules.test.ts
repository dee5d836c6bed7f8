/** The tree's own law: who may import whom, file sizes and names, complete registries, forbidden calls, no raw UI text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const SRC = import.meta.dirname;
const ROOT = path.dirname(SRC);
const MAX_LINES = 400;

interface Source {
  /** Path under src/, with forward slashes. */
  file: string;
  room: string;
  text: string;
  lines: number;
}
const sources: Source[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => {
    const full = path.join(entry.parentPath, entry.name);
    const file = path.relative(SRC, full).split(path.sep).join('/');
    const text = readFileSync(full, 'utf8');
    return { file, room: file.includes('/') ? file.split('/')[0] : file, text, lines: text.split('\n').length - 1 };
  });
/** Plain versions of kernels, that tests compare with, are no product either. */
const isTest = (file: string) => /\.(test|contract|bench|nightly|reference)\.tsx?$/.test(file);
const product = sources.filter((source) => !isTest(source.file));

/** Room → rooms it may import, besides itself. */
const PURE = ['base', 'kind', 'table', 'metrics', 'onnx', 'kernels', 'forecast'];
const CORE = [...PURE, 'events', 'recipe', 'transforms', 'learners', 'series', 'engine'];
const REGISTRY = ['base', 'kind', 'events', 'table', 'onnx', 'recipe', 'engine'];
const ALLOWED: Record<string, readonly string[]> = {
  base: [],
  kind: ['base'],
  events: ['base'],
  table: ['base', 'kind', 'kernels'],
  metrics: ['base', 'kind', 'table'],
  onnx: ['base', 'kind', 'table'],
  kernels: ['base'],
  forecast: ['base', 'kind', 'table', 'metrics', 'onnx', 'kernels'],
  recipe: PURE,
  transforms: [...PURE, 'recipe'],
  learners: [...PURE, 'recipe'],
  series: [...PURE, 'recipe'],
  engine: ['base', 'kind', 'events'],
  automl: CORE,
  nodes: [...CORE, 'automl'],
  registry: REGISTRY,
  monitor: REGISTRY,
  serving: [...REGISTRY, 'registry', 'monitor'],
  host: [...CORE, 'nodes', 'registry', 'monitor', 'serving'],
  ui: [...CORE, 'nodes', 'registry', 'host'],
  bench: [...CORE, 'nodes', 'host'],
  conformance: [...CORE, 'nodes', 'host'],
  'main.tsx': ['host', 'ui', 'base'],
  'cli.ts': ['base', 'kind', 'events', 'engine', 'nodes', 'registry', 'host'],
};

function importsOf(source: Source): string[] {
  const { module } = parseSync(source.file, source.text);
  const names = module.staticImports.map((item) => item.moduleRequest.value);
  for (const item of module.staticExports) for (const entry of item.entries) if (entry.moduleRequest) names.push(entry.moduleRequest.value);
  for (const item of module.dynamicImports) {
    const text = source.text.slice(item.moduleRequest.start, item.moduleRequest.end);
    if (/^['"]/.test(text)) names.push(text.slice(1, -1));
  }
  return names;
}
const roomOf = (file: string, request: string) => {
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), request.replace(/\?.*$/, '')));
  return target.includes('/') ? target.split('/')[0] : target;
};

describe('imports', () => {
  it('go only in the directions of the architecture', () => {
    const wrong = product.flatMap((source) =>
      importsOf(source)
        .filter((request) => request.startsWith('.'))
        .map((request) => roomOf(source.file, request))
        .filter((room) => room !== source.room && !(ALLOWED[source.room] ?? []).includes(room))
        .map((room) => `${source.file} → ${room}`),
    );
    expect(wrong).toEqual([]);
  });

  it('every room is known here', () => {
    expect([...new Set(product.map((source) => source.room))].filter((room) => !(room in ALLOWED))).toEqual([]);
  });

  it('only the engine’s document and edits are seen by registry and serving', () => {
    const wrong = product
      .filter((source) => ['registry', 'serving', 'monitor'].includes(source.room))
      .flatMap((source) =>
        importsOf(source)
          .filter(
            (request) => /engine\//.test(request) && !/engine\/(document|edit|parse-document|serialise|plan-types)\.ts$/.test(request),
          )
          .map((request) => `${source.file} → ${request}`),
      );
    expect(wrong).toEqual([]);
  });

  it('run in no circle, not even of types', () => {
    const known = new Set(product.map((source) => source.file));
    const next = new Map(
      product.map((source) => [
        source.file,
        importsOf(source)
          .filter((request) => request.startsWith('.'))
          .map((request) => path.posix.normalize(path.posix.join(path.posix.dirname(source.file), request.replace(/\?.*$/, ''))))
          .filter((file) => known.has(file)),
      ]),
    );
    const circles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      if (trail.includes(file) || done.has(file)) return;
      for (const to of next.get(file) ?? []) walk(to, [...trail, file]);
      done.add(file);
    };
    for (const file of known) walk(file, []);
    expect(circles).toEqual([]);
  });

  it('the product does not run the plain versions of kernels', () => {
    const wrong = product.filter((source) => importsOf(source).some((request) => /\.reference\.ts$/.test(request)));
    expect(wrong.map((source) => source.file)).toEqual([]);
  });

  it('relative imports carry their extension', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter((request) => request.startsWith('.') && !/\.(tsx?|mjs|css|json|svg)(\?[\w&=]+)?$/.test(request))
        .map((request) => `${source.file}: ${request}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it(`have at most ${MAX_LINES} lines, and 9 in 10 under 250`, () => {
    expect(sources.filter((source) => source.lines > MAX_LINES).map((source) => `${source.file} ${source.lines}`)).toEqual([]);
    const sorted = sources.map((source) => source.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(250);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
  });

  it('are named in kebab case, and none is a drawer', () => {
    const wrong = sources.filter(({ file }) => {
      const parts = file.split('/');
      return parts.some(
        (part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part) || /^(utils?|helpers?|common|misc|manager)(\.|$)/.test(part),
      );
    });
    expect(wrong.map((source) => source.file)).toEqual([]);
  });

  it('open with a sentence that says what they are for', () => {
    const wrong = product.filter((source) => !/^(#!.*\n)?(\/\*\*|\/\/)/.test(source.text));
    expect(wrong.map((source) => source.file)).toEqual([]);
  });

  it('export by name and hold no unfinished marks', () => {
    const MARKS = /\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-expect-error|\bas any\b|: any\b|\benum [A-Z]/;
    const wrong = product.filter((source) => /^export default/m.test(source.text) || MARKS.test(source.text));
    expect(wrong.map((source) => source.file)).toEqual([]);
  });
});

describe('forbidden calls', () => {
  const without = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  const find = (pattern: RegExp, rooms: (room: string) => boolean, except: (file: string) => boolean = () => false) =>
    product
      .filter((source) => rooms(source.room) && !except(source.file) && pattern.test(without(source.text)))
      .map((source) => source.file);

  it('transcendental functions come from base/float.ts, so that page and CLI give the same bits', () => {
    const pattern =
      /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|random)\b/;
    expect(find(pattern, (room) => !['ui', 'bench'].includes(room))).toEqual([]);
  });

  it('the core has no clock', () => {
    expect(find(/\bDate\.now\b|\bperformance\.now\b|\bnew Date\(\)/, (room) => CORE.includes(room) || room === 'nodes')).toEqual([]);
  });

  it('only the host reaches the network or makes code from text', () => {
    const pattern = /\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\b|\bimportScripts\b|\beval\(|\bnew Function\b|\bnew Worker\(/;
    expect(find(pattern, (room) => room !== 'host')).toEqual([]);
  });

  it('the page never writes HTML from text', () => {
    expect(find(/\binnerHTML\b|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write/, () => true)).toEqual([]);
  });
});

describe('registries', () => {
  const REGISTRIES = { nodes: ['index.ts', 'steps.ts'], transforms: ['index.ts'], learners: ['index.ts'] };
  for (const [room, files] of Object.entries(REGISTRIES)) {
    it(`src/${room} has one line for every folder in ${files.join(' or ')}`, () => {
      const index = files.map((file) => readFileSync(path.join(SRC, room, file), 'utf8')).join('\n');
      const folders = readdirSync(path.join(SRC, room), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(path.join(SRC, room, entry.name, 'kind.ts')))
        .map((entry) => entry.name);
      expect(folders.filter((folder) => !index.includes(`./${folder}/kind.ts`))).toEqual([]);
    });
  }
});

describe('text', () => {
  it('no raw text in the interface: every visible string has a key', () => {
    const wrong: string[] = [];
    for (const source of product.filter((s) => s.file.startsWith('ui/') && s.file.endsWith('.tsx'))) {
      const { program } = parseSync(source.file, source.text);
      const visit = (node: unknown): void => {
        if (Array.isArray(node)) {
          for (const child of node) visit(child);
          return;
        }
        if (!node || typeof node !== 'object') return;
        const record = node as Record<string, unknown>;
        const value = record.value;
        if (record.type === 'JSXText' && typeof value === 'string' && /\p{L}{2,}/u.test(value))
          wrong.push(`${source.file}: ${value.trim()}`);
        if (record.type === 'JSXAttribute') {
          const name = (record.name as { name?: unknown }).name;
          const literal = value as { type?: string; value?: unknown } | null;
          if (
            ['title', 'placeholder', 'alt', 'aria-label', 'label'].includes(String(name)) &&
            literal?.type === 'Literal' &&
            /\p{L}{2,}/u.test(String(literal.value))
          )
            wrong.push(`${source.file}: ${name}="${literal.value}"`);
        }
        for (const child of Object.values(record)) visit(child);
      };
      visit(program.body);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the rest of the house', () => {
  it('names no package registry', () => {
    const files = ['package.json', 'package-lock.json', 'README.md', '.ci/setup.mjs', '.ci/run'].filter((file) =>
      existsSync(path.join(ROOT, file)),
    );
    const hosts = new RegExp(['registry', 'npmjs', 'org'].join('\\.'));
    expect(files.filter((file) => hosts.test(readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('the static host’s headers carry the page’s policy', async () => {
    const { CONTENT_SECURITY_POLICY } = await import('./host/csp.ts');
    expect(readFileSync(path.join(ROOT, 'public/_headers'), 'utf8')).toContain(CONTENT_SECURITY_POLICY);
  });
});
