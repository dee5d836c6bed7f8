/** Numbers, shares, sizes, durations and dates as the interface writes them, by language; pure. */

export interface Format {
  /** Whole numbers with separators: 1,309. */
  count: (value: number) => string;
  /** A cell or statistic: up to 4 significant digits after a leading part, never an exponent between 1e-4 and 1e9. */
  number: (value: number) => string;
  /** A metric: 3 decimals under 10, fewer above. */
  metric: (value: number) => string;
  /** A probability, always with 3 decimals; what is not zero never reads as zero, what is not one never as one. */
  chance: (value: number) => string;
  /** A change with its sign: +0.012, −0.003. */
  change: (value: number) => string;
  /** 0.131 → 13.1 %. */
  percent: (share: number, digits?: number) => string;
  /** 64218 → 64 KB. */
  bytes: (size: number) => string;
  /** Milliseconds → 84 ms, 1.3 s, 2 min 5 s. */
  duration: (ms: number) => string;
  date: (at: number) => string;
  /** 10:31. */
  time: (at: number) => string;
  /** 22 Nov 2026, 10:31. */
  dateTime: (at: number) => string;
  /** "2 minutes ago", up to a week, then the date. */
  ago: (at: number, now: number) => string;
}

const LOCALES = { en: 'en-GB', zh: 'zh-Hans-CN' } as const;
/** Bytes in thousands, as disks count. */
const SIZES = ['B', 'KB', 'MB', 'GB'];
const UNITS = { en: { ms: 'ms', s: 's', min: 'min' }, zh: { ms: '毫秒', s: '秒', min: '分' } } as const;
const MINUS = '\u2212';
const NARROW = '\u202f';
const made = new Map<string, Format>();

export function formatFor(language: keyof typeof LOCALES): Format {
  let format = made.get(language);
  if (!format) {
    format = build(language);
    made.set(language, format);
  }
  return format;
}

function build(language: keyof typeof LOCALES): Format {
  const locale = LOCALES[language];
  const fixed = new Map<number, Intl.NumberFormat>();
  const decimals = (value: number, digits: number) => {
    let formatter = fixed.get(digits);
    if (!formatter) {
      formatter = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      fixed.set(digits, formatter);
    }
    return formatter.format(value).replace('-', MINUS);
  };
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 5 });
  const large = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const time = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units = UNITS[language];
  const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

  const finite = (value: number, write: (value: number) => string) =>
    Number.isNaN(value) ? '–' : Number.isFinite(value) ? write(value) : value > 0 ? '∞' : `${MINUS}∞`;
  const metric = (value: number): string =>
    finite(value, (v) => {
      const size = Math.abs(v);
      // Less than this is what rounding leaves of nothing.
      if (size < 1e-12) return decimals(0, 3);
      if (size < 0.0005) return v.toExponential(2).replace('-', MINUS).replace('e-', `e${MINUS}`);
      return decimals(v, size < 10 ? 3 : size < 100 ? 2 : size < 10000 ? 1 : 0);
    });
  return {
    count: (value) => finite(value, (v) => whole.format(v)),
    number: (value) =>
      finite(value, (v) => {
        const size = Math.abs(v);
        if (size !== 0 && (size < 1e-4 || size >= 1e12)) return v.toExponential(3).replace('e+', 'e');
        return (size >= 1e4 ? large : plain).format(v).replace('-', MINUS);
      }),
    metric,
    chance: (value) =>
      finite(value, (v) =>
        v > 0 && v < 0.0005 ? `< ${decimals(0.001, 3)}` : v < 1 && v >= 0.9995 ? `> ${decimals(0.999, 3)}` : decimals(v, 3),
      ),
    change: (value) => (value > 0 ? `+${metric(value)}` : metric(value)),
    percent: (share, digits = 1) => finite(share, (v) => `${decimals(v * 100, digits)}${NARROW}%`),
    bytes: (size) => {
      let step = 0;
      let value = size;
      while (value >= 1000 && step < SIZES.length - 1) {
        value /= 1000;
        step++;
      }
      return `${oneDecimal.format(value >= 10 ? Math.round(value) : value)} ${SIZES[step]}`;
    },
    duration: (value) => {
      if (value < 1000) return `${whole.format(value)} ${units.ms}`;
      const seconds = Math.round(value / 1000);
      if (seconds < 60) return `${oneDecimal.format(value / 1000)} ${units.s}`;
      return `${Math.floor(seconds / 60)} ${units.min} ${seconds % 60} ${units.s}`;
    },
    date: (at) => day.format(at),
    time: (at) => hour.format(at),
    dateTime: (at) => time.format(at),
    ago: (at, now) => {
      const past = Math.max(0, now - at) / 1000;
      if (past < 60) return relative.format(-Math.round(past), 'second');
      if (past < 3600) return relative.format(-Math.round(past / 60), 'minute');
      if (past < 86400) return relative.format(-Math.round(past / 3600), 'hour');
      if (past < 7 * 86400) return relative.format(-Math.round(past / 86400), 'day');
      return day.format(at);
    },
  };
}
