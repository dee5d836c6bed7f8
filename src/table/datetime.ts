/**
 * Date-times as milliseconds since 1970-01-01 UTC: civil-calendar arithmetic in both directions, reading and writing of
 * texts. Proleptic Gregorian; days-from-civil after Howard Hinnant's public-domain description. No zone but UTC is kept.
 */
import { utf8 } from '../base/bytes.ts';
import type { DateOrder } from '../kind/schema.ts';

export const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a civil date; month 1 to 12. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export interface Civil {
  year: number;
  month: number;
  day: number;
}
/** Inverse of `daysFromCivil`. */
export function civilFromDays(days: number): Civil {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const isDigit = (c: number) => c >= 48 && c <= 57;
/** 年, 月 and 日 as their UTF-8 bytes. */
const YEAR = 0xe5b9b4;
const MONTH = 0xe69c88;
const DAY = 0xe697a5;

/**
 * Milliseconds of the date-time in the bytes, NaN when they are none. Reads 2023-02-01, 2023/2/1, 2023.02.01, 2023-02,
 * 01/02/2023, 1.2.2023, 1-2-2023, 1/2/23 and 01.02.23 (69 to 99 are 1900s), 1 Feb 2023, 1-Feb-2023, February 1, 2023,
 * 2023年2月1日, Feb 2023, February-2023; then, after a space or T, hours:minutes[:seconds[.fraction]] [AM|PM] [Z|±hh[:mm]]. Years have four digits.
 */
export function parseDateBytes(bytes: Uint8Array, start: number, end: number, order: DateOrder): number {
  let i = start;
  let digits = 0;
  const int = () => {
    let value = 0;
    digits = 0;
    while (i < end && isDigit(bytes[i]) && digits < 9) {
      value = value * 10 + (bytes[i] - 48);
      digits++;
      i++;
    }
    return value;
  };
  const month = () => {
    if (end - i < 3) return 0;
    const from = i;
    while (i < end && (bytes[i] | 32) >= 97 && (bytes[i] | 32) <= 122) i++;
    if (i - from < 3) return 0;
    const word = String.fromCharCode(bytes[from] | 32, bytes[from + 1] | 32, bytes[from + 2] | 32);
    return i - from > 9 ? 0 : MONTHS.indexOf(word) + 1;
  };
  const gap = () => {
    const from = i;
    while (i < end && (bytes[i] === 32 || bytes[i] === 44 || bytes[i] === 45)) i++;
    return i > from;
  };

  /** Steps over one character of three bytes. */
  const skip = (character: number) => {
    if (i + 3 > end || ((bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2]) !== character) return false;
    i += 3;
    return true;
  };

  let y: number;
  let m: number;
  let d: number;
  if (!isDigit(bytes[i])) {
    m = month();
    if (m === 0 || !gap()) return Number.NaN;
    d = int();
    if (digits === 4 && i === end) {
      y = d;
      d = 1;
    } else {
      if (digits < 1 || digits > 2 || !gap()) return Number.NaN;
      y = int();
      if (digits !== 4) return Number.NaN;
    }
  } else {
    const first = int();
    const firstDigits = digits;
    const separator = bytes[i];
    if (i >= end || firstDigits > 4 || firstDigits === 3) return Number.NaN;
    if (separator === 45 || separator === 47 || separator === 46) {
      i++;
      if (firstDigits === 4) {
        y = first;
        m = int();
        if (digits < 1 || digits > 2) return Number.NaN;
        if (i === end) {
          if (separator === 46) return Number.NaN;
          d = 1;
        } else {
          if (bytes[i] !== separator) return Number.NaN;
          i++;
          d = int();
          if (digits < 1 || digits > 2) return Number.NaN;
        }
      } else if (isDigit(bytes[i])) {
        const second = int();
        const secondDigits = digits;
        if (digits > 2 || bytes[i] !== separator || i >= end) return Number.NaN;
        i++;
        y = int();
        const short = separator === 47 || (separator === 46 && firstDigits === 2 && secondDigits === 2);
        if (digits === 2 && short) y += y < 69 ? 2000 : 1900;
        else if (digits !== 4) return Number.NaN;
        m = order === 'month-first' ? first : second;
        d = order === 'month-first' ? second : first;
      } else {
        m = month();
        d = first;
        if (m === 0 || !gap()) return Number.NaN;
        y = int();
        if (digits !== 4) return Number.NaN;
      }
    } else if (firstDigits === 4 && skip(YEAR)) {
      y = first;
      m = int();
      if (digits < 1 || digits > 2 || !skip(MONTH)) return Number.NaN;
      d = 1;
      if (i < end) {
        d = int();
        if (digits < 1 || digits > 2 || !skip(DAY)) return Number.NaN;
      }
    } else {
      if (firstDigits > 2 || !gap()) return Number.NaN;
      d = first;
      m = month();
      if (m === 0 || !gap()) return Number.NaN;
      y = int();
      if (digits !== 4) return Number.NaN;
    }
  }
  if (m < 1 || m > 12 || d < 1 || d > daysInMonth(y, m)) return Number.NaN;
  const date = daysFromCivil(y, m, d) * DAY_MS;
  return i === end ? date : date + timeOfDay(bytes, i, end);
}

/** Milliseconds after midnight UTC of ` 13:05:09.5+02:00`, from its leading space or T; NaN when it is no time. */
function timeOfDay(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  if (bytes[i] !== 32 && (bytes[i] | 32) !== 116 && bytes[i] !== 44) return Number.NaN;
  i++;
  while (i < end && bytes[i] === 32) i++;
  const two = () => {
    if (i >= end || !isDigit(bytes[i])) return -1;
    let value = bytes[i++] - 48;
    if (i < end && isDigit(bytes[i])) value = value * 10 + (bytes[i++] - 48);
    return value;
  };
  let hour = two();
  if (hour < 0 || bytes[i] !== 58) return Number.NaN;
  i++;
  const minute = two();
  let second = 0;
  let fraction = 0;
  if (i < end && bytes[i] === 58) {
    i++;
    second = two();
    if (i < end && (bytes[i] === 46 || bytes[i] === 44)) {
      i++;
      let unit = 100;
      const first = i;
      for (; i < end && isDigit(bytes[i]); i++, unit /= 10) fraction += (bytes[i] - 48) * unit;
      if (i === first) return Number.NaN;
      fraction = Math.floor(fraction + 1e-6);
    }
  }
  while (i < end && bytes[i] === 32) i++;
  if (i < end && ((bytes[i] | 32) === 97 || (bytes[i] | 32) === 112) && (bytes[i + 1] | 32) === 109 && i + 1 < end) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + ((bytes[i] | 32) === 112 ? 12 : 0);
    i += 2;
  }
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) return Number.NaN;
  if (hour === 24 && (minute > 0 || second > 0)) return Number.NaN;
  let offset = 0;
  if (i < end && (bytes[i] | 32) === 122) i++;
  else if (i < end && (bytes[i] === 43 || bytes[i] === 45)) {
    const sign = bytes[i++] === 45 ? -1 : 1;
    const hours = two();
    if (i < end && bytes[i] === 58) i++;
    const minutes = i < end ? two() : 0;
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return Number.NaN;
    offset = sign * (hours * 60 + minutes);
  }
  return i === end ? ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction : Number.NaN;
}

/** As `parseDateBytes`, of a text; spaces around are ignored. */
export function parseDateTime(text: string, order: DateOrder = 'month-first'): number {
  const bytes = utf8(text.trim());
  return parseDateBytes(bytes, 0, bytes.length, order);
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** `2023-02-01` at midnight, else `2023-02-01T13:05:09` with `.5` fractions where there are any; '' for NaN. UTC. */
export function formatDateTime(ms: number): string {
  if (Number.isNaN(ms)) return '';
  const days = Math.floor(ms / DAY_MS);
  const { year, month, day } = civilFromDays(days);
  const yearText = year < 0 ? `-${pad(-year, 4)}` : pad(year, 4);
  const date = `${yearText}-${pad(month, 2)}-${pad(day, 2)}`;
  const time = ms - days * DAY_MS;
  if (time === 0) return date;
  const whole = Math.floor(time / 1000);
  const millis = Math.floor(time - whole * 1000);
  const clock = `${pad(Math.floor(whole / 3600), 2)}:${pad(Math.floor(whole / 60) % 60, 2)}:${pad(whole % 60, 2)}`;
  return `${date}T${clock}${millis === 0 ? '' : `.${pad(millis, 3).replace(/0+$/, '')}`}`;
}
