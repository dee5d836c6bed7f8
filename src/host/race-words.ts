/** A race of AutoML in words for a terminal: how it stands while it runs, and its leaderboard at the end. */
import { formatBytes } from '../base/bytes.ts';
import type { Json } from '../base/json.ts';
import { inEnglish } from '../base/words.ts';
import { formatMetric, metricInfo } from '../metrics/metric-info.ts';
import type { LiveRace, LiveRow, Race, RaceRow, Results } from '../recipe/results.ts';

/** So many trials are listed. */
const LISTED = 10;
const STATES: Record<RaceRow['state'], string> = {
  complete: '',
  dropped: 'dropped early',
  cut: 'cut short',
  failed: 'failed',
  ended: 'ended by hand',
};

/** A step's live report, where it is a race. */
export function raceOf(live: Json | undefined): LiveRace | undefined {
  const found = live as unknown as LiveRace | undefined;
  return found?.type === 'race' ? found : undefined;
}

/** The best of the trials that came to their end. */
export function leader({ rows, metric }: LiveRace): LiveRow | undefined {
  const sign = metricInfo(metric).higherIsBetter ? 1 : -1;
  return rows
    .filter(({ state, value }) => state === 'complete' && value !== undefined)
    .reduce<LiveRow | undefined>((best, row) => (best && sign * (best.value ?? 0) >= sign * (row.value ?? 0) ? best : row), undefined);
}

/** "12 s left, 4 trials, best AUC 0.863, together 0.871 (Gradient boosting · plain 2)". */
export function standing(race: LiveRace): string {
  const { rows, metric, trials, budget, spent, phase } = race;
  const best = leader(race);
  const ended = rows.filter(({ state }) => state !== 'running').length;
  const together = race.together?.at(-1)?.value;
  const parts = [
    budget === null ? `${Math.round(spent)} s` : `${Math.max(0, Math.round(budget - spent))} s left`,
    trials === null ? `${ended} ${ended === 1 ? 'trial' : 'trials'}` : `${ended} of ${trials} trials`,
    best?.value === undefined ? 'none ended yet' : `best ${metricInfo(metric).title} ${formatMetric(metric, best.value)}`,
    ...(together === undefined ? [] : [`together ${formatMetric(metric, together)}`]),
  ];
  if (phase === 'finishing') parts.push('making the model');
  // The name last: a narrow terminal cuts it first.
  return `${parts.join(', ')}${best ? ` (${inEnglish(best.name)})` : ''}`;
}

/** What AutoML saw to by itself before it trained; what needs a person is told as a problem of its node. */
export const seenTo = ({ guards = [] }: Race): string[] =>
  guards.filter(({ state }) => state === 'fixed').map(({ said }) => `Seen to: ${inEnglish(said)}`);

/** The leaderboard as lines of equal columns: the model that came of it, then the trials, best first. */
export function board({ metric, rows }: Race, { models }: Results): string[] {
  const members = rows.filter(({ weight }) => weight > 0);
  const total = (of: 'answerMs' | 'bytes') =>
    members.reduce<number | undefined>((sum, row) => (sum === undefined || row[of] === undefined ? undefined : sum + row[of]), 0);
  const score = (value: number | undefined) => (value === undefined ? '–' : formatMetric(metric, value));
  const cost = (ms: number | undefined, bytes: number | undefined) => [
    ms === undefined ? '' : String(Number(ms.toPrecision(2))),
    bytes === undefined ? '' : formatBytes(bytes),
  ];
  const listed = rows.slice(0, LISTED);
  const lines = [
    ['#', 'model', metricInfo(metric).title, 'weight', 'seconds', 'ms/1,000 rows', 'size', ''],
    ...(members.length > 1 && models[0]
      ? [
          [
            '',
            `${inEnglish(models[0].name)} of ${members.length}`,
            score(models[0].metrics[metric]),
            '',
            '',
            ...cost(total('answerMs'), total('bytes')),
            '',
          ],
        ]
      : []),
    ...listed.map((row, i) => [
      row.value === undefined ? '' : String(i + 1),
      inEnglish(row.name),
      score(row.value),
      row.weight > 0 ? `${Math.round(row.weight * 100)} %` : '',
      (row.ended - row.began).toFixed(1),
      ...cost(row.answerMs, row.bytes),
      row.problem?.code === 'automl.late' ? 'out of time' : STATES[row.state],
    ]),
  ];
  const used = lines[0].map((_, c) => lines.slice(1).some((line) => line[c] !== ''));
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  const left = [1, 7];
  const written = lines.map((line) =>
    line
      .flatMap((cell, c) => (used[c] ? [left.includes(c) ? cell.padEnd(widths[c]) : cell.padStart(widths[c])] : []))
      .join('  ')
      .trimEnd(),
  );
  return rows.length > listed.length ? [...written, `… and ${rows.length - listed.length} more`] : written;
}
