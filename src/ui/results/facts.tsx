/** Names and values in two columns: names quiet, values right. */
import type { ReactNode } from 'react';
import style from './facts.module.css';

export interface Fact {
  name: ReactNode;
  value: ReactNode;
  key?: string;
}

export function Facts({ items, wide }: { items: readonly Fact[]; wide?: boolean }) {
  return (
    <dl className={`${style.facts} ${wide ? style.wide : ''}`}>
      {items.map((item, i) => (
        <div key={item.key ?? (typeof item.name === 'string' ? item.name : i)}>
          <dt>{item.name}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
