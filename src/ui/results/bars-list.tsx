/** Names with bars and numbers, largest first: importances, coefficients. Bars start at zero; negative ones run left in the other colour. */
import { useFormat } from '../i18n/text.ts';
import style from './results.module.css';

export interface NamedValue {
  name: string;
  value: number;
}

export function BarsList({ items, signed, whole }: { items: readonly NamedValue[]; signed?: boolean; whole?: boolean }) {
  const format = useFormat();
  const most = Math.max(...items.map((item) => Math.abs(item.value)), Number.MIN_VALUE);
  return (
    <ul>
      {items.map((item) => {
        const share = (Math.abs(item.value) / most) * (signed ? 50 : 100);
        return (
          <li key={item.name} className={style.bar}>
            <span className="mr-ellipsis" title={item.name}>
              {item.name}
            </span>
            <span aria-hidden="true">
              <span
                className={item.value < 0 ? style.negative : undefined}
                style={{ width: `${share}%`, left: signed ? `${item.value < 0 ? 50 - share : 50}%` : 0 }}
              />
            </span>
            <span className="mr-num">{whole ? format.number(item.value) : format.metric(item.value)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** By size, largest first. */
export const bySize = (items: readonly NamedValue[]): NamedValue[] => [...items].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
