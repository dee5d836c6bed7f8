/** A daily series with a week in it and gaps, for tests of the nodes of time series. */
import { stream } from '../base/random.ts';
import { DAY_MS } from '../table/datetime.ts';
import { type Table, tableOf } from '../table/table.ts';

/** Visits a day, fewer at weekends; one day in thirty is left out, one is there twice. */
export function visits(days = 120): Table {
  const random = stream('visits');
  const rows = Array.from({ length: days }, (_, i) => ({
    day: (19_000 + i) * DAY_MS,
    count: 100 + (i % 7 > 4 ? -40 : 10) + 4 * random.normal(),
  }));
  const kept = rows.filter((_, i) => i % 30 !== 11);
  kept.splice(5, 0, { day: kept[5].day, count: 0 });
  return tableOf({ day: ['datetime', kept.map(({ day }) => day)], visits: ['number', kept.map(({ count }) => count)] });
}
