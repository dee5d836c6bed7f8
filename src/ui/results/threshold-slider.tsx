/** The decision threshold as a slider and a number, shared by the matrix, the curves and the rows. */
import { useId } from 'react';
import { useText } from '../i18n/text.ts';
import type { Judged } from './judged.ts';
import style from './results.module.css';

export function ThresholdSlider({ judged }: { judged: Judged }) {
  const t = useText();
  const id = useId();
  const set = (text: string) => {
    const value = Number(text);
    if (Number.isFinite(value)) judged.setThreshold(Math.min(1, Math.max(0, value)));
  };
  return (
    <div className={style.threshold}>
      <label htmlFor={id}>{t('results.threshold')}</label>
      <input
        id={id}
        type="range"
        className="mr-range"
        min={0}
        max={1}
        step={0.01}
        value={judged.threshold}
        style={{ '--at': `${judged.threshold * 100}%` } as React.CSSProperties}
        onChange={(event) => set(event.target.value)}
      />
      <input
        type="number"
        className="mr-input"
        min={0}
        max={1}
        step={0.01}
        aria-label={t('results.threshold')}
        value={Math.round(judged.threshold * 1000) / 1000}
        onChange={(event) => set(event.target.value)}
      />
    </div>
  );
}
