/** Are the probabilities right? Observed share against mean score in ten bins; the size of a dot is the number of rows in it. */
import { useCallback, useMemo } from 'react';
import { calibrationBins } from '../../metrics/curves.ts';
import { Chart, type Option } from '../charts/chart.tsx';
import { lines } from '../charts/options.ts';
import { useFormat, useText } from '../i18n/text.ts';
import type { Point } from './curves.ts';
import type { Judged } from './judged.ts';
import { PositiveClass } from './metrics-panel.tsx';
import { Panel, Panels } from './panel.tsx';
import style from './results.module.css';
import { ScorePanel } from './score-panel.tsx';

export function CalibrationView({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { scored, modelIndex, classes, positive } = judged;
  const rows = scored(modelIndex);
  const bins = useMemo(() => calibrationBins(rows.truth, rows.score, 1), [rows]);
  const label = classes[positive];
  const option = useCallback<Option>(
    (tokens) => {
      const most = Math.max(...bins.map((bin) => bin.count));
      return lines(tokens, {
        x: { min: 0, max: 1, interval: 0.5, name: t('results.probabilityOf', { label }) },
        y: { min: 0, max: 1, interval: 0.5, name: t('results.calibration.inFact', { label }) },
        lines: [
          {
            name: t('results.calibration.observed'),
            points: bins.map((bin): Point => [bin.predicted, bin.actual]),
            dots: true,
            sizes: bins.map((bin) => 5 + 11 * Math.sqrt(bin.count / most)),
          },
          {
            name: t('results.calibration.ideal'),
            points: [
              [0, 0],
              [1, 1],
            ],
            look: 'dashed',
          },
        ],
        write: format.metric,
      });
    },
    [bins, label, t, format],
  );
  return (
    <Panels>
      <Panel
        title={t('results.view.calibration')}
        aside={t('results.calibration.bins', { n: rows.truth.length, bins: bins.length })}
        width={400}
      >
        <Chart option={option} label={t('results.calibration.label', { label, n: rows.truth.length })} />
      </Panel>
      <ScorePanel judged={judged} />
      <Panel title={t('results.calibration.table')}>
        <PositiveClass judged={judged} />
        <table className="mr-table is-dense">
          <thead>
            <tr>
              <th className="mr-num">{t('results.calibration.said')}</th>
              <th className="mr-num">{t('results.calibration.was')}</th>
              <th className="mr-num">{t('results.rowsAxis')}</th>
            </tr>
          </thead>
          <tbody>
            {bins.map((bin) => (
              <tr key={bin.predicted}>
                <td className="mr-num">{format.percent(bin.predicted)}</td>
                <td className="mr-num">{format.percent(bin.actual)}</td>
                <td className="mr-num">{format.count(bin.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={style.caption}>{t('results.calibration.meaning')}</p>
      </Panel>
    </Panels>
  );
}
