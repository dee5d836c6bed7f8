/** The frame of a page: a 48 px top bar with where one is and what can be done, the content below. */
import { Fragment, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import style from './page.module.css';

interface Props {
  /** From the page to the thing shown; all but the last are links. */
  trail: readonly { label: string; href?: string }[];
  /** Beside the name: version, chips. */
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ trail, beside, actions, children }: Props) {
  const t = useText();
  return (
    <div className={style.page}>
      <header className={style.bar}>
        <nav aria-label={t('pages.trail')} className={style.trail}>
          {trail.map((step, i) => (
            <Fragment key={step.label}>
              {i > 0 ? <span aria-hidden="true">›</span> : null}
              {step.href ? <a href={step.href}>{step.label}</a> : <h1>{step.label}</h1>}
            </Fragment>
          ))}
        </nav>
        {beside}
        <div className={style.actions}>{actions}</div>
      </header>
      <main className={style.content}>{children}</main>
    </div>
  );
}

export function Section({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={style.section}>
      <header className={style.sectionHead}>
        <h2>{title}</h2>
        {aside ? <span className="mr-dim">{aside}</span> : null}
      </header>
      {children}
    </section>
  );
}

/** What to do when a page has nothing yet. */
export function EmptyPage({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={style.empty}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
