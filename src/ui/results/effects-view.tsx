/** Column effects as pictures: importances as bars, and per column how the answer moves along it, with the lines of some rows behind the mean. */
import { useCallback } from 'react';
import type { Cell } from '../../table/column.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { lines } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { useBackend } from '../state/backend.tsx';
import { BarsList } from './bars-list.tsx';
import { barsOf } from './bars-view.tsx';
import { type EffectCurve, effectCurves } from './effect-curves.ts';
import { Panel, Panels, ProblemNote, Quiet, Waiting } from './panel.tsx';
import { useAnswer } from './use-answer.ts';

/** Columns times points, as many as the node makes. */
const MOST_ROWS = 5000;

export function EffectsView({ curves, importances }: { curves: string; importances: string }) {
  const t = useText();
  const backend = useBackend();
  const page = (digest: string) => backend.tablePage({ digest, from: 0, count: MOST_ROWS });
  const { value, problem } = useAnswer(`effects ${curves} ${importances}`, async () => ({
    curves: await page(curves),
    bars: barsOf(await page(importances)),
  }));
  if (problem) return <ProblemNote problem={problem} />;
  if (!value) return <Waiting />;
  const [bars] = value.bars;
  return (
    <Panels tiles={320}>
      {bars ? (
        <Panel title={t('results.effects.importance')} aside={t('results.effects.shuffled')} width={320}>
          <BarsList items={bars.items} signed={bars.items.some((item) => item.value < 0)} />
        </Panel>
      ) : null}
      {effectCurves(
        value.curves.schema.columns.map(({ name }) => name),
        value.curves.rows as Cell[][],
      ).map((curve) => (
        <Panel key={curve.column} title={curve.column} aside={t('results.effects.along')} width={280}>
          <Along curve={curve} />
        </Panel>
      ))}
    </Panels>
  );
}

/** Texts of many words have no order and no room on an axis. */
const isFreeText = ({ points }: EffectCurve): boolean =>
  points.every(({ at }) => at === undefined) && points.reduce((sum, { value }) => sum + value.length, 0) > LONG * points.length;
const LONG = 24;

function Along({ curve }: { curve: EffectCurve }) {
  const t = useText();
  const format = useFormat();
  const option = useCallback<Option>(
    (tokens) => {
      const xs = curve.points.map(({ at }, i) => at ?? i);
      const labels = curve.points.some(({ at }) => at === undefined) ? curve.points.map(({ value }) => value) : undefined;
      const line = (of: readonly number[]) => of.map((y, i) => [xs[i], y] as const);
      const dates = !labels && curve.points.some(({ value }) => Number.isNaN(Number(value)));
      const answers = [curve.points.map(({ mean }) => mean), ...curve.rows.map(({ values }) => values)].flat();
      // A share needs no room above 1.
      const shares = answers.every((y) => y >= 0 && y <= 1) && Math.max(...answers) > 0.8;
      return lines(tokens, {
        x: labels ? { labels } : { min: xs[0], max: xs[xs.length - 1], write: dates ? format.date : format.number },
        y: { write: format.metric, ...(shares ? { min: 0, max: 1, interval: 0.25 } : {}) },
        lines: [
          { name: t('results.effects.mean'), points: line(curve.points.map(({ mean }) => mean)), dots: labels !== undefined },
          ...curve.rows.map((own) => ({ name: own.name, points: line(own.values), look: 'muted' as const })),
        ],
        write: format.metric,
      });
    },
    [curve, t, format],
  );
  if (isFreeText(curve)) return <Quiet title={t('results.effects.freeText')} />;
  return <Chart option={option} label={t('results.effects.said', { column: curve.column })} />;
}
