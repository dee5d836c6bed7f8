/** Panels of a results view: a title, a quiet remark at its right, the content; side by side, split by hairlines. */
import type { CSSProperties, ReactNode } from 'react';
import type { Problem } from '../../base/problem.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Icon } from '../kit/icon.tsx';
import style from './panel.module.css';

/** `tiles`: panels of one kind, such as charts, stand in rows where the dock is high, each at least so many px wide where there is room. */
export const Panels = ({ tiles, children }: { tiles?: number; children: ReactNode }) =>
  tiles ? (
    <div className={style.sized}>
      <div className={`${style.panels} ${style.tiles}`} style={{ '--tile': `${tiles}px` } as CSSProperties}>
        {children}
      </div>
    </div>
  ) : (
    <div className={style.panels}>{children}</div>
  );

/** A panel gives way to this share of its width; then the row scrolls. */
const LEAST = 0.85;

interface PanelProps {
  title?: ReactNode;
  aside?: ReactNode;
  /** Preferred width in px; without one the panel takes what is left. */
  width?: number;
  /** No padding inside: tables and grids reach the edge. */
  flush?: boolean;
  /** Takes more of what is left than others: lists with many columns. */
  wide?: boolean;
  children: ReactNode;
}
export function Panel({ title, aside, width, flush, wide, children }: PanelProps) {
  return (
    <section
      className={style.panel}
      style={
        width
          ? { flex: `0 1 ${width}px`, minWidth: Math.round(width * LEAST) }
          : { flex: `${wide ? 2 : 1} 1 320px`, minWidth: wide ? 348 : 244 }
      }
    >
      {title !== undefined ? (
        <header className={style.head}>
          <h2 className="mr-ellipsis">{title}</h2>
          {aside !== undefined ? <span className={style.aside}>{aside}</span> : null}
        </header>
      ) : null}
      <div className={flush ? style.flush : style.body} tabIndex={flush ? undefined : 0}>
        {children}
      </div>
    </section>
  );
}

/** What is here when there is nothing to draw: the reason and the next step. */
export function Quiet({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={style.quiet}>
      <p className={style.quietTitle}>{title}</p>
      {children ? <p>{children}</p> : null}
    </div>
  );
}

export const Waiting = () => {
  const t = useText();
  return <Quiet title={t('results.loading')} />;
};

export function ProblemNote({ problem }: { problem: Problem }) {
  useText();
  const text = problemText(problem);
  return (
    <div className={`${style.problem} ${problem.severity === 'error' ? style.isError : ''}`}>
      <Icon name={problem.severity === 'error' ? 'failed' : problem.severity === 'warning' ? 'warning' : 'info'} />
      <div>
        <p>{text.message}</p>
        <p className={style.hint}>{text.hint}</p>
      </div>
    </div>
  );
}
