/** How the scores of the positive class lie: one histogram for the rows that are of that class, one for the others. */
import { useFormat, useText } from '../i18n/text.ts';
import { SparkBars } from '../kit/spark.tsx';
import { scoreHistogram } from './curves.ts';
import type { Judged } from './judged.ts';
import { Panel } from './panel.tsx';
import style from './results.module.css';

export function ScorePanel({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { scored, modelIndex, classes, positive } = judged;
  const rows = scored(modelIndex);
  const label = classes[positive];
  const other = classes.length === 2 ? classes[1 - positive] : t('results.otherClasses');
  return (
    <Panel title={t('results.scores')} width={260}>
      {([1, 0] as const).map((side) => (
        <figure key={side} className={style.scores}>
          <figcaption>
            {t('results.scoresOf', { label: side ? label : other, n: side ? rows.positives : rows.truth.length - rows.positives })}
          </figcaption>
          <SparkBars counts={scoreHistogram(rows, side)} tone={side ? 'number' : 'category'} width={220} height={52} />
        </figure>
      ))}
      <div className={style.scale}>
        <span>{format.count(0)}</span>
        <span>{t('results.probabilityOf', { label })}</span>
        <span>{format.count(1)}</span>
      </div>
    </Panel>
  );
}
