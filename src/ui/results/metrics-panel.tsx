/** The answer first: the headline number, the other metrics under it, who was judged on how many rows, and what to know about it. */
import { useId } from 'react';
import type { Words } from '../../base/words.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Select } from '../kit/select.tsx';
import { Facts } from './facts.tsx';
import type { Judged } from './judged.ts';
import { MetricName } from './metric-name.tsx';
import { metricNames } from './metric-order.ts';
import { Panel } from './panel.tsx';
import style from './results.module.css';

export function MetricsPanel({ judged }: { judged: Judged }) {
  const t = useText();
  const format = useFormat();
  const { results, model, classes } = judged;
  const [first, ...rest] = metricNames(model.metrics, results.primary);
  const spread = model.sd;
  return (
    <Panel title={<MetricName name={first} />} aside={t('results.n', { n: judged.n })} width={spread ? 256 : 216}>
      <p className={style.headline}>
        {format.metric(model.metrics[first])}
        {spread?.[first] !== undefined ? <span className={style.spread}> ± {format.metric(spread[first])}</span> : null}
      </p>
      {results.models.length > 1 ? (
        <Select
          aria-label={t('results.model')}
          value={String(judged.modelIndex)}
          options={results.models.map((m, i) => ({ value: String(i), label: wordsText(m.name) }))}
          onChange={(value) => judged.setModel(Number(value))}
        />
      ) : (
        <p className="mr-dim">{wordsText(model.name)}</p>
      )}
      {classes.length > 1 ? <PositiveClass judged={judged} /> : null}
      <Notes notes={model.notes} />
      <Facts
        wide
        items={rest.map((name) => ({
          key: name,
          name: <MetricName name={name} />,
          value:
            spread?.[name] === undefined ? (
              format.metric(model.metrics[name])
            ) : (
              <span className={`mr-whole ${style.oneLine}`}>
                {format.metric(model.metrics[name])} <span className="mr-dim">± {format.metric(spread[name])}</span>
              </span>
            ),
        }))}
      />
    </Panel>
  );
}

/** Which class the curves, precision and recall are about. */
export function PositiveClass({ judged }: { judged: Judged }) {
  const t = useText();
  const id = useId();
  return (
    <div className={style.positive}>
      <label htmlFor={id} className="mr-dim">
        {t('results.positive')}
      </label>
      <Select
        id={id}
        value={String(judged.positive)}
        options={judged.classes.map((label, code) => ({ value: String(code), label }))}
        onChange={(value) => judged.setPositive(Number(value))}
      />
    </div>
  );
}

export function Notes({ notes }: { notes: readonly Words[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={style.notes}>
      {notes.map(wordsText).map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
