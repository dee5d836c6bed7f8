import { describe, expect, it } from 'vitest';
import { nodeScripts } from './sandbox-node.ts';

const run = nodeScripts(true);
const people = {
  columns: [
    { name: 'age', type: 'number', values: Float64Array.of(1, Number.NaN, 3) },
    { name: 'sex', type: 'category', values: ['f', null, 'm'] },
    { name: 'born', type: 'datetime', values: Float64Array.of(0, Number.NaN, 86_400_000) },
  ],
};
const failure = (source: string, deadlineMs = 20_000) =>
  run(source, [people], null, deadlineMs).then(
    () => undefined,
    (error) => [error.problem.code, error.problem.args.line],
  );

describe('scripts in Node', () => {
  it('are refused unless allowed', async () => {
    await expect(nodeScripts(false)('return {}', [], null, 1000)).rejects.toMatchObject({ problem: { code: 'script.not-allowed' } });
  });

  it('get a danfojs frame by columns and give columns back', async () => {
    const source = `
      const full = df.fillNa([2, 'x'], { columns: ['age', 'sex'] });
      full.addColumn('twice', full['age'].values.map((v) => v * params.factor), { inplace: true });
      log('shape', full.shape);
      return full;`;
    expect(await run(source, [people], { factor: 2 }, 20_000)).toEqual({
      columns: [
        { name: 'age', values: [1, 2, 3] },
        { name: 'sex', values: ['f', 'x', 'm'] },
        { name: 'born', values: ['1970-01-01T00:00:00.000Z', null, '1970-01-02T00:00:00.000Z'] },
        { name: 'twice', values: [2, 4, 6] },
      ],
      log: ['shape [3,4]'],
    });
    expect(await run(`return df['age']`, [people], null, 20_000)).toMatchObject({ columns: [{ name: 'age', values: [1, null, 3] }] });
  });

  it('may return rows, which are read by key, or columns', async () => {
    expect(await run('return [{a: 1, b: 2}, {b: 4, a: 3, c: new Date(5)}]', [], null, 5000)).toEqual({
      columns: [
        { name: 'a', values: [1, 3] },
        { name: 'b', values: [2, 4] },
        { name: 'c', values: [null, { date: 5 }] },
      ],
      log: [],
    });
    expect(await run('return { born: tables[0].born, n: new Float64Array(3) }', [people], null, 5000)).toEqual({
      columns: [
        { name: 'born', values: [{ date: 0 }, null, { date: 86_400_000 }] },
        { name: 'n', values: new Float64Array(3) },
      ],
      log: [],
    });
  });

  it('say at which line they stopped', async () => {
    expect(await failure('const a = 1;\nconst b = ;\nreturn a')).toEqual(['script.syntax', 2]);
    expect(await failure('const a = 1;\n\nnull.x;')).toEqual(['script.run', 3]);
    expect(await failure('const a = 1;')).toEqual(['script.result', null]);
    expect(await failure('return {a: [1, 2], b: [1]}')).toEqual(['script.result', null]);
    expect(await failure('process.exit(0)')).toEqual(['script.run', null]);
  });

  it('may not import, however it is written', async () => {
    for (const call of ["import('x')", 'import /* a */ ("x")', 'import // b\n ("x")', 'import <!-- c\n ("x")', 'import.source("x")'])
      expect(await failure(`return {a: [await ${call}]}`)).toEqual(['script.import', undefined]);
    expect(await failure('const important = 1; const x = {imports: [1]}; // import the rest\nreturn x')).toBeUndefined();
  });

  it('are ended at the deadline', async () => {
    expect((await failure('while (true) {}', 300))?.[0]).toBe('script.deadline');
    expect((await failure('await new Promise(() => {})', 300))?.[0]).toBe('script.deadline');
  });
});
