/** The table of the benchmarks: numbers with gaps, integers, categories; the same rows for every candidate and for pandas. */
import { stream } from '../base/random.ts';
import { type Column, categories, numeric } from '../table/column.ts';
import { type Table, table } from '../table/table.ts';

/** 8 columns: a–d numbers with 5 % missing, k and m integers, g category of 1,000 levels, h of 5. */
export function benchTable(rowCount: number): Table {
  const random = stream('bench', rowCount);
  const numbers = () => {
    const values = new Float64Array(rowCount);
    for (let i = 0; i < rowCount; i++)
      values[i] = random.below(20) === 0 ? Number.NaN : Math.round((random.uniform() * 200 - 100) * 1000) / 1000;
    return numeric(values);
  };
  const integers = (n: number) =>
    numeric(
      Float64Array.from({ length: rowCount }, () => random.below(n)),
      'integer',
    );
  const labels = (n: number) => {
    const codes = Int32Array.from({ length: rowCount }, () => random.below(n));
    return categories(
      codes,
      Array.from({ length: n }, (_, i) => `level ${i}`),
    );
  };
  const columns: Column[] = [numbers(), numbers(), numbers(), numbers(), integers(1_000_000), integers(100), labels(1000), labels(5)];
  return table(['a', 'b', 'c', 'd', 'k', 'm', 'g', 'h'], columns, rowCount);
}
