/** What each series of a forecast model is forecast by: its methods, their forms and their say. */
import type { ModelView } from '../../host/protocol.ts';
import { METHOD_TITLES } from '../../series/methods.ts';
import { gridWords } from '../../table/series/grid.ts';
import { wordText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Panel } from './panel.tsx';

export function ModelSeries({ series: { grid, periods, horizon, total, listed } }: { series: NonNullable<ModelView['series']> }) {
  const t = useText();
  const format = useFormat();
  const season = periods.length === 0 ? t('results.series.noSeason') : t('results.series.seasons', { periods: periods.join(', ') });
  const title = `${wordsText(gridWords(grid))} · ${season} · ${t('results.series.steps', { count: horizon })}`;
  return (
    <Panel title={title} aside={total > listed.length ? t('results.firstOf', { count: listed.length, total }) : undefined} wide>
      <table className="mr-table is-dense">
        <thead>
          <tr>
            <th>{t('results.series.one')}</th>
            <th className="mr-num">{t('results.series.length')}</th>
            <th>{t('results.series.by')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two series may be written alike; the place tells them apart
            <tr key={i}>
              <td>{row.name || '–'}</td>
              <td className="mr-num mr-dim">{format.count(row.length)}</td>
              <td>
                {row.members
                  .map(({ method, form, weight }) => {
                    const name = form || wordText(METHOD_TITLES[method] ?? method);
                    return row.members.length > 1 ? `${name} ${format.percent(weight, 0)}` : name;
                  })
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
