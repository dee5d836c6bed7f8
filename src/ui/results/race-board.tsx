/** The leaderboard of a race, under way or ended; what can be done with a trial stands at the end of its row. */
import type { ReactNode } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import { Icon } from '../kit/icon.tsx';
import { useMetricName } from './metric-name.tsx';
import { isLate, type RaceLine, rankLines, type Together } from './race-lines.ts';
import style from './race-view.module.css';

interface Props<T extends RaceLine> {
  metric: string;
  rows: readonly T[];
  /** Folds of a whole trial, while it runs. */
  folds?: number;
  /** Lets trials be marked, where they can be taken. */
  mark?: { marked: ReadonlySet<number>; change: (id: number, on: boolean) => void; can: (row: T) => boolean };
  /** The model that several of them make, first of all. */
  together?: Together;
  togetherAction?: ReactNode;
  /** There is something to say of how quick and large their models are. */
  costs?: boolean;
  /** The place of a model whose charts can be looked at, by its name. */
  look?: (name: string) => number | undefined;
  onLook?: (place: number) => void;
  /** What the last column holds, said to screen readers. */
  actions: string;
  action: (row: T) => ReactNode;
}

export function RaceBoard<T extends RaceLine>({
  metric,
  rows,
  folds,
  together,
  togetherAction,
  costs,
  look,
  onLook,
  mark,
  actions,
  action,
}: Props<T>) {
  const t = useText();
  const format = useFormat();
  const metricName = useMetricName();
  const ranked = rankLines(metric, rows);
  return (
    <table className={`mr-table is-dense ${style.board}`}>
      <thead>
        <tr>
          {mark ? (
            <th>
              <span className="mr-hidden">{t('results.race.mark')}</span>
            </th>
          ) : null}
          <th className="mr-num">{t('results.race.rank')}</th>
          <th>{t('results.race.trial')}</th>
          <th className="mr-num">{metricName(metric)}</th>
          {folds === undefined ? <th className="mr-num">{t('results.race.weight')}</th> : null}
          <th className="mr-num">{t('results.race.seconds')}</th>
          {costs ? (
            <>
              <th className="mr-num" title={t('results.race.answerHelp')}>
                {t('results.race.answer')}
              </th>
              <th className="mr-num" title={t('results.race.sizeHelp')}>
                {t('results.race.size')}
              </th>
            </>
          ) : null}
          <th>
            <span className="mr-hidden">{t('results.race.state.title')}</span>
          </th>
          <th>
            <span className="mr-hidden">{actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {together ? (
          <tr data-together className={style.together}>
            {mark ? <td /> : null}
            <td />
            <td className={style.name}>
              <Name place={0} onLook={onLook}>
                {together.members > 1
                  ? t('results.race.together', { name: wordsText(together.name), count: together.members })
                  : wordsText(together.name)}
              </Name>
            </td>
            <td className="mr-num">{together.metrics[metric] === undefined ? '–' : format.metric(together.metrics[metric])}</td>
            {folds === undefined ? <td className="mr-num">{format.percent(1)}</td> : null}
            <td />
            {costs ? <Costs {...together} /> : null}
            <td />
            <td className={style.actions}>{togetherAction}</td>
          </tr>
        ) : null}
        {ranked.map((row, i) => (
          <tr key={row.id} data-trial={row.id}>
            {mark ? (
              <td>
                <input
                  type="checkbox"
                  checked={mark.marked.has(row.id)}
                  disabled={!mark.can(row)}
                  aria-label={wordsText(row.name)}
                  title={mark.can(row) ? undefined : t('results.race.notKept')}
                  onChange={(event) => mark.change(row.id, event.target.checked)}
                />
              </td>
            ) : null}
            <td className="mr-num mr-dim">{row.state === 'complete' && row.value !== undefined ? format.count(i + 1) : '–'}</td>
            <td className={style.name} title={wordsText(row.name)}>
              <Name place={look?.(wordsText(row.name))} onLook={onLook}>
                {wordsText(row.name)}
              </Name>
            </td>
            <td
              className={`mr-num ${row.state === 'complete' ? '' : 'mr-dim'}`}
              title={row.state === 'complete' || row.value === undefined ? undefined : t('results.race.part')}
            >
              {row.value === undefined ? '–' : format.metric(row.value)}
            </td>
            {folds === undefined ? <td className="mr-num">{row.weight > 0 ? format.percent(row.weight) : ''}</td> : null}
            <td className="mr-num mr-dim">{format.number(Math.round((row.ended - row.began) * 100) / 100)}</td>
            {costs ? <Costs {...('answerMs' in row ? row : {})} /> : null}
            <td className="mr-dim" title={'problem' in row && row.problem ? problemText(row.problem).message : undefined}>
              <State row={row} folds={folds} />
            </td>
            <td className={style.actions}>{action(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A press shows its charts, where there are any. */
function Name({ place, onLook, children }: { place?: number; onLook?: (place: number) => void; children: string }) {
  const t = useText();
  if (place === undefined || !onLook) return children;
  return (
    <button type="button" className="mr-link" title={t('results.race.look', { name: children })} onClick={() => onLook(place)}>
      {children}
    </button>
  );
}

function Costs({ answerMs, bytes }: { answerMs?: number; bytes?: number }) {
  const format = useFormat();
  return (
    <>
      <td className="mr-num mr-dim">{answerMs === undefined ? '–' : format.number(Number(answerMs.toPrecision(2)))}</td>
      <td className="mr-num mr-dim">{bytes === undefined ? '–' : format.bytes(bytes)}</td>
    </>
  );
}

/** Most rows are completed: a tick says so in less room, and where there is little of it the others have their signs alone. */
function State({ row, folds }: { row: RaceLine; folds?: number }) {
  const t = useText();
  const word =
    row.state === 'running' && folds !== undefined
      ? t('results.race.foldOf', { fold: Math.min(folds, row.folds + 1), folds })
      : t(`results.race.state.${isLate(row) ? 'late' : row.state}`);
  if (row.state === 'running') return word;
  const whole = row.state === 'complete';
  return (
    <span className={style.state} title={word}>
      <Icon
        name={whole ? 'check' : row.state === 'failed' && !isLate(row) ? 'failed' : row.state === 'ended' ? 'stop' : 'queued'}
        size={13}
      />
      <span className={whole ? 'mr-hidden' : style.word}>{word}</span>
    </span>
  );
}
