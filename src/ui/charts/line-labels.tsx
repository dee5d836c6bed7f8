/** Names of a chart's lines, laid inside the plot: the first in the accent, the others in their own colours. */
import style from './chart.module.css';

export interface LineLabel {
  name: string;
  /** The number that belongs to it, already written. */
  value?: string;
  /** Token of the line's colour; the first line's is the accent. */
  colour?: string;
}

export function LineLabels({ labels, at }: { labels: readonly LineLabel[]; at: 'bottomRight' | 'topRight' | 'bottomLeft' }) {
  return (
    <div className={`${style.labels} ${style[at]}`}>
      {labels.map((label, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have one name; the place tells them apart
        <span key={i} className={i === 0 ? style.lead : style.rest} style={label.colour ? { color: label.colour } : undefined}>
          <span>{label.name}</span>
          {label.value === undefined ? null : <span>{label.value}</span>}
        </span>
      ))}
    </div>
  );
}
