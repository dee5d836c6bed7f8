/** A small table of things that are told apart by number, as bars: its first column names them, the next number columns are a panel each. */
import type { TablePage } from '../../host/protocol.ts';
import { wordText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { useBackend } from '../state/backend.tsx';
import { BarsList } from './bars-list.tsx';
import { Panel, Panels, ProblemNote, Waiting } from './panel.tsx';
import { useAnswer } from './use-answer.ts';

/** More bars than this say nothing at a glance; the table has them all. */
const MOST_BARS = 50;
const MOST_PANELS = 3;

export function BarsView({ digest }: { digest: string }) {
  const t = useText();
  const backend = useBackend();
  const { value, problem } = useAnswer(`bars ${digest}`, () => backend.tablePage({ digest, from: 0, count: MOST_BARS }));
  if (problem) return <ProblemNote problem={problem} />;
  if (!value) return <Waiting />;
  const more = value.total > value.rows.length;
  return (
    <Panels>
      {barsOf(value).map(({ title, items }) => (
        <Panel
          key={title}
          title={wordText(title)}
          aside={more ? t('results.firstOf', { count: value.rows.length, total: value.total }) : undefined}
        >
          <BarsList
            items={items}
            signed={items.some((item) => item.value < 0)}
            whole={items.every((item) => Number.isInteger(item.value))}
          />
        </Panel>
      ))}
    </Panels>
  );
}

/** Missing numbers have no bar. */
export function barsOf({
  schema,
  rows,
}: Pick<TablePage, 'schema' | 'rows'>): { title: string; items: { name: string; value: number }[] }[] {
  const numbers = schema.columns
    .map((column, i) => ({ column, i }))
    .filter(({ column: { type }, i }) => i > 0 && /^(number|integer)$/.test(type));
  return numbers.slice(0, MOST_PANELS).map(({ column, i }) => ({
    title: column.name,
    items: rows.flatMap((row) => {
      const value = row[i];
      return typeof value === 'number' && Number.isFinite(value) ? [{ name: String(row[0]), value }] : [];
    }),
  }));
}
