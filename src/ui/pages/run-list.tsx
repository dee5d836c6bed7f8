/** All runs, newest first: what ran, how it ended, how long it took, what came out; two or more can be compared. */
import { useState } from 'react';
import { runHeadline } from '../../engine/run-record.ts';
import type { RunRecord } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { go, hashOf } from '../state/route.ts';
import { browserName } from './browser-name.ts';
import { useDeletion } from './deletion.tsx';
import style from './page.module.css';
import { RunStatusBadge } from './run-status.tsx';

export function RunList({ runs }: { runs: readonly RunRecord[] }) {
  const t = useText();
  const format = useFormat();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { remove, bar } = useDeletion();
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const now = Date.now();
  return (
    <div className={style.body}>
      <div className={style.toolbar}>
        <span className="mr-dim">{t('pages.runs.count', { count: runs.length })}</span>
        <Button disabled={chosen.length < 2} onClick={() => go('runs', 'compare', ...chosen)}>
          {chosen.length < 2 ? t('pages.runs.compareHint') : t('pages.runs.compare', { count: chosen.length })}
        </Button>
        <Button
          look="subtle"
          icon="delete"
          disabled={chosen.length !== 1}
          onClick={() => {
            const run = runs.find((candidate) => candidate.id === chosen[0]);
            if (run) void remove({ type: 'run', id: run.id }, t('pages.runs.number', { number: run.number }));
            setChosen([]);
          }}
        >
          {t('pages.delete')}
        </Button>
      </div>
      <table className={style.list}>
        <thead>
          <tr>
            <th className={style.pick}>
              <span className="mr-hidden">{t('pages.runs.choose')}</span>
            </th>
            <th>{t('pages.runs.run')}</th>
            <th>{t('pages.runs.statusTitle')}</th>
            <th>{t('pages.runs.pipeline')}</th>
            <th>{t('pages.runs.result')}</th>
            <th className={`mr-num ${style.wide}`}>{t('pages.runs.steps')}</th>
            <th className={`mr-num ${style.wide}`}>{t('pages.runs.duration')}</th>
            <th className={`mr-num ${style.wide}`}>{t('pages.runs.started')}</th>
            <th className={style.wide}>{t('pages.runs.where')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} className={chosen.includes(run.id) ? style.current : undefined}>
              <td className={style.pick}>
                <input
                  type="checkbox"
                  checked={chosen.includes(run.id)}
                  onChange={() => toggle(run.id)}
                  aria-label={t('pages.runs.chooseRun', { number: run.number })}
                />
              </td>
              <td>
                <a href={hashOf('runs', run.id)}>{t('pages.runs.number', { number: run.number })}</a>
              </td>
              <td>
                <RunStatusBadge status={run.status} />
              </td>
              <td>{run.pipelineName}</td>
              <td>
                <Outcome run={run} />
              </td>
              <td className={`mr-num ${style.wide}`}>{format.count(run.steps.length)}</td>
              <td className={`mr-num ${style.wide}`}>{run.endedAt === undefined ? '' : format.duration(run.endedAt - run.startedAt)}</td>
              <td className={`mr-num mr-dim ${style.wide}`} title={format.dateTime(run.startedAt)}>
                {format.ago(run.startedAt, now)}
              </td>
              <td className={`mr-dim ${style.wide}`}>{browserName(run.environment.browser)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {bar}
    </div>
  );
}

/** The result, or what stopped the run. */
function Outcome({ run }: { run: RunRecord }) {
  useText();
  const problem = run.problem ?? (run.status === 'Failed' ? run.steps.find((step) => step.problem)?.problem : undefined);
  if (problem) return <span className={style.failed}>{problemText(problem).message}</span>;
  return <strong>{wordsText(runHeadline(run.steps))}</strong>;
}
