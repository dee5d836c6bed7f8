/** Everything the core says to people has its Chinese words: read from the sources, so that nothing new is forgotten. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { FINDINGS } from '../../table/findings/findings.ts';
import { FUNCTIONS } from '../../table/formula/functions.ts';
import { lookUp, setLanguage } from './text.ts';
import phrases from './zh/phrases.json' with { type: 'json' };
import problems from './zh/problems.json' with { type: 'json' };

const SRC = path.resolve(import.meta.dirname, '../..');
type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;
/** Only the command line says these, and it speaks English. */
const isCommandLine = (file: string) =>
  /^(host\/(node|node-files|sandbox-node|predict-file|predict-thread|commands)|registry\/files-registry)\.ts$/.test(file);
const isTest = (file: string) => /(\.(test|contract|fixture|bench|nightly)\.tsx?|\/test-[\w-]+\.ts)$/.test(file);
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter(
    (file) =>
      /\.tsx?$/.test(file) && !file.endsWith('.as.ts') && !isTest(file) && !isCommandLine(file) && !/^(bench|conformance)\//.test(file),
  );

interface Said {
  file: string;
  code: string;
  english: string;
}
interface Told {
  file: string;
  code: string | undefined;
  /** Parts that are written out as plain English, with what is written. */
  plain: Partial<Record<'message' | 'hint' | 'fix', string>>;
  /** Names of values that a translation may use; undefined when not all can be read. */
  values: string[] | undefined;
}
const said: Said[] = [];
const told: Told[] = [];
const wrong: string[] = [];
/** Files with a function that takes a problem's sentence as a text. */
const loose: string[] = [];

function walk(node: unknown, visit: (node: Tree) => void): void {
  if (Array.isArray(node)) for (const child of node) walk(child, visit);
  else if (isTree(node)) {
    if (typeof node.type === 'string') visit(node);
    for (const child of Object.values(node)) walk(child, visit);
  }
}
const literal = (node: unknown): string | undefined =>
  isTree(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;

/** Whether an expression may give English that no phrase stands for; a name counts as what the file says it is. */
function isPlain(node: unknown, constants: ReadonlyMap<string, unknown>): boolean {
  if (!isTree(node)) return false;
  const either = (...parts: unknown[]) => parts.some((part) => isPlain(part, constants));
  if (node.type === 'TemplateLiteral') return true;
  if (node.type === 'ConditionalExpression') return either(node.consequent, node.alternate);
  if (node.type === 'LogicalExpression') return either(node.left, node.right);
  if (node.type === 'Identifier') return either(constants.get(String(node.name)));
  return (literal(node) ?? '') !== '';
}

/** Members of an object literal by name; undefined when it spreads something. */
function membersOf(node: unknown): Map<string, unknown> | undefined {
  if (!isTree(node) || node.type !== 'ObjectExpression') return undefined;
  const members = new Map<string, unknown>();
  for (const property of node.properties as Tree[]) {
    const key = property.key as Tree | undefined;
    if (key) members.set(String(key.name ?? key.value), property.value);
  }
  return members;
}
const spreads = (node: unknown) => isTree(node) && (node.properties as Tree[]).some((property) => property.type === 'SpreadElement');

for (const file of files) {
  const source = readFileSync(path.join(SRC, file), 'utf8');
  const { program } = parseSync(file, source);
  const constants = new Map<string, unknown>();
  walk(program.body, (node) => {
    if (node.type === 'VariableDeclarator' && isTree(node.id)) constants.set(String(node.id.name), node.init);
  });
  const written = (node: unknown): string => {
    if (!isTree(node)) return '';
    const constant = node.type === 'Identifier' ? constants.get(String(node.name)) : undefined;
    return constant ? written(constant) : source.slice(Number(node.start), Number(node.end));
  };
  if (/\b(message|hint): string[,)]/.test(source) && /\bproblem\(|\bProblemError\(/.test(source) && !file.startsWith('base/'))
    loose.push(file);
  walk(program.body, (node) => {
    if (node.type === 'CallExpression' && isTree(node.callee) && node.callee.name === 'phrase') {
      const [code, english] = (node.arguments as unknown[]).map(literal);
      if (code === undefined || english === undefined) wrong.push(`${file}: phrase(…) without a literal code and text`);
      else said.push({ file, code, english });
    }
    const members = membersOf(node);
    if (!members?.has('code') || !members.has('message') || !members.has('hint')) return;
    const fix = membersOf(members.get('fix'));
    const given = { message: members.get('message'), hint: members.get('hint'), fix: fix?.get('label') };
    const plain = Object.fromEntries(
      Object.entries(given).flatMap(([part, node]) => (isPlain(node, constants) ? [[part, written(node)]] : [])),
    );
    const parts = [members.get('args'), members.get('at')].filter((part) => part !== undefined);
    const readable = parts.every((part) => membersOf(part) !== undefined && !spreads(part));
    const values = readable ? parts.flatMap((part) => [...(membersOf(part)?.keys() ?? [])]) : undefined;
    told.push({ file, code: literal(members.get('code')), plain, values });
  });
}

const names = (text: string) => new Set(Array.from(text.matchAll(/\{([\w-]+)\}/g), (found) => found[1]));
const keysOf = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => (isTree(value) ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`]));
const chinese = (area: string, code: string, ...part: string[]) => lookUp(area, ...code.split('.'), ...part);

beforeAll(() => setLanguage('zh'));

describe('phrases', () => {
  it('are written where they can be read', () => {
    expect(wrong).toEqual([]);
    expect(said.length).toBeGreaterThan(200);
  });

  it('have Chinese words with the same values', () => {
    const missing = said.filter(({ code }) => chinese('phrases', code) === undefined).map(({ code, english }) => `${code}: ${english}`);
    expect([...new Set(missing)]).toEqual([]);
    const odd = said.filter(({ code, english }) => ![...names(chinese('phrases', code) ?? '')].every((name) => names(english).has(name)));
    expect(odd.map(({ code }) => code)).toEqual([]);
  });

  it('have one text for one code, and no words are left over', () => {
    const english = new Map<string, string>();
    const twice = said.filter((one) => {
      const other = english.get(one.code);
      english.set(one.code, one.english);
      return other !== undefined && other !== one.english;
    });
    expect(twice.map(({ file, code }) => `${file}: ${code}`)).toEqual([]);
    expect(keysOf(phrases).filter((code) => !english.has(code))).toEqual([]);
  });
});

describe('problems', () => {
  it('that say plain English have Chinese words for it, with values that they bring', () => {
    const missing = told.flatMap(({ file, code, plain, values }) =>
      Object.keys(plain).flatMap((part) => {
        const words = code === undefined ? undefined : chinese('problems', code, part);
        if (words === undefined) return [`${file}: ${code ?? 'a code that is not written out'}, ${part}`];
        const lacking = values ? [...names(words)].filter((name) => !values.includes(name)) : [];
        return lacking.map((name) => `${file}: ${code}, ${part} needs {${name}}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  it('say one thing with one code', () => {
    expect(loose).toEqual([]);
    const first = new Map<string, string>();
    const twice = told.flatMap(({ file, code, plain }) =>
      Object.entries(plain)
        .filter(([part, text]) => {
          const other = first.get(`${code} ${part}`);
          first.set(`${code} ${part}`, text);
          return other !== undefined && other.replace(/\{.*?\}/g, '{}') !== text.replace(/\{.*?\}/g, '{}');
        })
        .map(([part, text]) => `${file}: ${code}, ${part}: ${text}`),
    );
    expect(twice).toEqual([]);
  });

  it('of files and tables have Chinese words with the same values', () => {
    const odd = Object.entries(FINDINGS).flatMap(([code, finding]) =>
      (['message', 'hint'] as const)
        .filter((part) => {
          const words = chinese('problems', code, part);
          return words === undefined || ![...names(words)].every((name) => names(finding.message + finding.hint).has(name));
        })
        .map((part) => `${code}, ${part}: ${finding[part]}`),
    );
    expect(odd).toEqual([]);
  });

  it('leave no words over', () => {
    const used = new Set([
      ...told.flatMap(({ code, plain }) => Object.keys(plain).map((part) => `${code}.${part}`)),
      ...Object.keys(FINDINGS).flatMap((code) => [`${code}.message`, `${code}.hint`]),
    ]);
    expect(keysOf(problems).filter((key) => !used.has(key))).toEqual([]);
  });
});

it('functions of formulas explain themselves', () => {
  expect(FUNCTIONS.filter(({ help }) => lookUp('words', help) === undefined).map(({ help }) => help)).toEqual([]);
});
