/** How a cell is written in a grid: numbers in the locale, date-times in ISO form, missing as nothing (the grid marks it); pure. */
import type { ColumnType } from '../../kind/schema.ts';
import type { Cell } from '../../table/column.ts';
import type { Format } from '../i18n/format.ts';

/** 2026-11-22, or 2026-11-22 10:31:05 when the time of day is not midnight UTC. */
export function dateText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const iso = date.toISOString();
  return ms % 86_400_000 === 0 ? iso.slice(0, iso.indexOf('T')) : `${iso.slice(0, iso.indexOf('T'))} ${iso.slice(-13, -5)}`;
}

export function cellText(cell: Cell, type: ColumnType, format: Format): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return type === 'datetime' ? dateText(cell) : format.number(cell);
  return String(cell);
}

export const isRightAligned = (type: ColumnType): boolean => type === 'number' || type === 'integer';

/** Width in px that fits the header and typical values of the type. */
export function columnWidth(name: string, type: ColumnType): number {
  const least = { number: 88, integer: 72, boolean: 64, category: 96, text: 180, datetime: 136 }[type];
  return Math.min(220, Math.max(least, 24 + [...name].length * 7.2));
}
