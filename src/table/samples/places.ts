/** Synthetic samples with prices and demand: houses, bike rentals and store sales, drawn from stated rules with noise. */
import { cos, exp, sin } from '../../base/float.ts';
import { DAY_MS, daysFromCivil } from '../datetime.ts';
import { type Table, tableOf } from '../table.ts';
import { clip, draws, round } from './draws.ts';

const YEAR = 365.25;

/** 1,500 houses; price follows area, district, age and condition with 9 % noise. */
export function housePrices(): Table {
  const d = draws('house-prices');
  const districts = ['Centre', 'North', 'Harbour', 'Hills', 'West', 'Old Town'];
  const perMetre = [4200, 2600, 3600, 3900, 2300, 3300];
  const rows = Array.from({ length: 1500 }, () => {
    const district = d.random.below(districts.length);
    const kind = d.pick(['flat', 'terraced', 'detached'], [50, 30, 20]);
    const area = Math.round(clip(d.normal(kind === 'flat' ? 74 : kind === 'terraced' ? 115 : 160, kind === 'detached' ? 38 : 22), 25, 320));
    const rooms = Math.round(clip(d.normal(area / 27, 0.8), 1, 9));
    const year = d.whole(1900, 2023);
    const garden = kind === 'flat' ? 0 : Math.round(clip(d.normal(kind === 'detached' ? 420 : 110, 90), 0, 1200));
    const condition = d.pick(['poor', 'fair', 'good', 'new'], year > 2018 ? [0, 5, 35, 60] : [15, 40, 40, 5]);
    const factor = { poor: 0.8, fair: 0.95, good: 1.05, new: 1.18 }[condition];
    const price = (area * perMetre[district] + garden * 160 + (year - 1900) * 320) * factor * exp(d.normal(0, 0.09));
    return { district: districts[district], kind, area, rooms, year, garden, condition, price: Math.round(price / 500) * 500 };
  });
  return tableOf({
    district: ['category', rows.map((r) => r.district)],
    kind: ['category', rows.map((r) => r.kind)],
    area_m2: ['integer', rows.map((r) => r.area)],
    rooms: ['integer', rows.map((r) => r.rooms)],
    year_built: ['integer', rows.map((r) => r.year)],
    garden_m2: ['integer', rows.map((r) => r.garden)],
    condition: ['category', rows.map((r) => r.condition)],
    price: ['integer', rows.map((r) => r.price)],
  });
}

/** Two years of daily rentals; season, weekday and weather drive them. The weather station failed now and then. */
export function bikeRentals(): Table {
  const d = draws('bike-rentals');
  const first = daysFromCivil(2022, 1, 1);
  const rows = Array.from({ length: 730 }, (_, i) => {
    const weekday = (first + i + 4) % 7;
    const season = -cos((2 * Math.PI * (i - 15)) / YEAR);
    const temperature = round(11 + 10 * season + d.normal(0, 3.2), 1);
    const humidity = Math.round(clip(d.normal(66 - 8 * season, 11), 20, 100));
    const wind = round(clip(d.normal(13, 6), 0, 55), 1);
    const weather = d.pick(['clear', 'cloudy', 'rain'], humidity > 75 ? [20, 35, 45] : [52, 38, 10]);
    const holiday = d.chance(0.03);
    const mean = 2600 + 950 * season + 45 * temperature - 14 * wind + (weather === 'rain' ? -1300 : weather === 'cloudy' ? -280 : 0);
    const rentals = Math.round(
      clip((mean + i * 1.1) * (weekday === 0 || weekday === 6 || holiday ? 0.82 : 1) + d.normal(0, 260), 40, 9000),
    );
    const failed = d.chance(0.05);
    return {
      ms: (first + i) * DAY_MS,
      workday: !(weekday === 0 || weekday === 6 || holiday),
      weather,
      temperature,
      humidity,
      wind,
      rentals,
      failed,
      gust: d.chance(0.03),
    };
  });
  return tableOf({
    date: ['datetime', rows.map((r) => r.ms)],
    workday: ['boolean', rows.map((r) => r.workday)],
    weather: ['category', rows.map((r) => (r.failed ? null : r.weather))],
    temperature: ['number', rows.map((r) => (r.failed ? null : r.temperature))],
    humidity: ['integer', rows.map((r) => (r.failed ? null : r.humidity))],
    wind: ['number', rows.map((r) => (r.failed || r.gust ? null : r.wind))],
    rentals: ['integer', rows.map((r) => r.rentals)],
  });
}

/** Receipts of five stores over one year, for grouping, joining and summing. */
export function storeSales(): Table {
  const d = draws('store-sales');
  const stores = ['Aarhus', 'Bern', 'Chengdu', 'Dakar', 'Lima'];
  const products = [
    { name: 'tea', price: 4.5 },
    { name: 'coffee', price: 6.9 },
    { name: 'cups', price: 12 },
    { name: 'kettle', price: 39 },
    { name: 'grinder', price: 64 },
  ];
  const first = daysFromCivil(2024, 1, 1);
  const rows = Array.from({ length: 5000 }, (_, i) => {
    const day = Math.floor((i * 366) / 5000);
    const product = d.pick(products, [35, 30, 15, 12, 8]);
    const discount = d.pick([0, 5, 10, 20], [70, 15, 10, 5]);
    const units = d.whole(1, product.price > 30 ? 3 : 12) + (discount >= 10 ? d.whole(0, 3) : 0);
    return { ms: (first + day) * DAY_MS, store: d.pick(stores, [30, 25, 20, 15, 10]), product, discount, units };
  });
  return tableOf({
    date: ['datetime', rows.map((r) => r.ms)],
    store: ['category', rows.map((r) => r.store)],
    product: ['category', rows.map((r) => r.product.name)],
    units: ['integer', rows.map((r) => r.units)],
    unit_price: ['number', rows.map((r) => r.product.price)],
    discount_percent: ['integer', rows.map((r) => r.discount)],
    revenue: ['number', rows.map((r) => round(r.units * r.product.price * (1 - r.discount / 100), 2))],
  });
}

/** Monthly passengers of an airline over twelve years: growth times season times noise. */
export function monthlyPassengers(): Table {
  const d = draws('monthly-passengers');
  const months = Array.from({ length: 144 }, (_, i) => ({ year: 2012 + Math.floor(i / 12), month: (i % 12) + 1 }));
  const season = (m: number) => 0.14 * sin((2 * Math.PI * (m - 4)) / 12) + (m === 7 || m === 8 ? 0.1 : 0) + (m === 12 ? 0.05 : 0);
  return tableOf({
    month: ['datetime', months.map(({ year, month }) => daysFromCivil(year, month, 1) * DAY_MS)],
    passengers: ['integer', months.map(({ month }, i) => Math.round(21_500 * exp(0.0062 * i + season(month) + d.normal(0, 0.025))))],
  });
}

/** Three years of a town's daily electricity demand: week, heating and cooling; some days were not metered. */
export function energyDemand(): Table {
  const d = draws('energy-demand');
  const first = daysFromCivil(2021, 1, 1);
  let drift = 0;
  const rows = Array.from({ length: 1096 }, (_, i) => {
    drift = 0.9 * drift + d.normal(0, 0.8);
    const temperature = 12 - 11 * cos((2 * Math.PI * (i - 20)) / YEAR) + drift;
    const weekday = (first + i + 4) % 7;
    const demand =
      310 +
      6.5 * Math.max(0, 15 - temperature) +
      8 * Math.max(0, temperature - 22) -
      (weekday === 0 ? 55 : weekday === 6 ? 38 : 0) +
      d.normal(0, 7);
    return { ms: (first + i) * DAY_MS, temperature: round(temperature, 1), demand: d.chance(0.02) ? null : round(demand, 1) };
  });
  return tableOf({
    date: ['datetime', rows.map((r) => r.ms)],
    temperature: ['number', rows.map((r) => r.temperature)],
    demand_mwh: ['number', rows.map((r) => r.demand)],
  });
}
