/** JSON as a type, and its canonical text: the same value gives the same bytes, so that it can be hashed and diffed. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Canonical JSON: keys sorted by code unit, `undefined` members left out, -0 as 0; throws on NaN and Infinity. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`not a JSON number: ${value}`);
    return JSON.stringify(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const record = value as Record<string, unknown>;
    const keys = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`).join(',')}}`;
  }
  throw new TypeError(`not JSON: ${typeof value}`);
}

/** Parses text into a value whose objects cannot pollute prototypes: `__proto__` stays an own key. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}
