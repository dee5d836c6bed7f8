/** A port drawn: colour says the family, shape the type, the letter says it exactly. Filled = wired, outline = open. */
import { PORT_STYLES, type PortStyle, type PortType } from '../../kind/ports.ts';

/** Outlines in a 14 × 14 box, 1.4 px stroke inside. */
const SHAPES: Record<PortStyle['shape'], string> = {
  square: 'M3.4.7h7.2a2.7 2.7 0 0 1 2.7 2.7v7.2a2.7 2.7 0 0 1-2.7 2.7H3.4a2.7 2.7 0 0 1-2.7-2.7V3.4A2.7 2.7 0 0 1 3.4.7Z',
  pill: 'M7 .7a4.6 4.6 0 0 1 4.6 4.6v3.4a4.6 4.6 0 0 1-9.2 0V5.3A4.6 4.6 0 0 1 7 .7Z',
  triangle: 'M7 .9 13.4 13H.6Z',
  circle: 'M13.3 7A6.3 6.3 0 1 1 .7 7a6.3 6.3 0 0 1 12.6 0Z',
  pentagon: 'M7 .8l6.3 4.7-2.4 7.6H3.1L.7 5.5Z',
  hexagon: 'M3.8 1.2h6.4L13.4 7l-3.2 5.8H3.8L.6 7Z',
  diamond: 'M7 .3 13.7 7 7 13.7.3 7Z',
  page: 'M2.2.7h6.2l3.4 3.4v9.2H2.2Z',
};

export function PortMark({ type, filled, size = 14 }: { type: PortType; filled?: boolean; size?: number }) {
  const style = PORT_STYLES[type];
  return (
    <svg
      className={`mr-mark mr-mark-${style.family}${filled ? ' is-filled' : ''}`}
      width={size}
      height={size}
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      <path d={SHAPES[style.shape]} />
      <text x="7" y={style.shape === 'triangle' ? 11.6 : style.shape === 'pentagon' ? 10.4 : 10.1} textAnchor="middle">
        {style.letter}
      </text>
    </svg>
  );
}
