/** All versions of a model with their aliases and the headline metric, the shown one marked. */
import { useFormat, useText } from '../i18n/text.ts';
import { Chip } from '../kit/chip.tsx';
import { MetricName } from '../results/metric-name.tsx';
import { metricNames } from '../results/metric-order.ts';
import { hashOf } from '../state/route.ts';
import { learnerTitle } from './learner-title.ts';
import type { Listed } from './listed-models.ts';
import style from './page.module.css';
import { Section } from './page-frame.tsx';

export function VersionList({ listed: { record, versions }, current }: { listed: Listed; current: number }) {
  const t = useText();
  const format = useFormat();
  const [metric] = metricNames(versions[0].metrics);
  const now = Date.now();
  return (
    <Section title={t('pages.models.versions')} aside={metric ? <MetricName name={metric} /> : undefined}>
      <table className={`${style.list} ${style.compact}`}>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version} className={version.version === current ? style.current : undefined}>
              <td>
                <a href={hashOf('models', version.name, version.version)} aria-current={version.version === current ? 'page' : undefined}>
                  {t('pages.versionShort', { version: version.version })}
                </a>
              </td>
              <td>
                {Object.entries(record.aliases)
                  .filter(([, at]) => at === version.version)
                  .map(([alias]) => (
                    <Chip key={alias} tone="accent">
                      {alias}
                    </Chip>
                  ))}
                <span className="mr-dim"> {learnerTitle(version.learner)}</span>
              </td>
              <td className="mr-num mr-dim">{format.ago(version.createdAt, now)}</td>
              <td className="mr-num">
                {metric && version.metrics[metric] !== undefined ? <strong>{format.metric(version.metrics[metric])}</strong> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
