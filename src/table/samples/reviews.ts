/** Synthetic sample of texts: shop reviews put together from phrases; one in twelve carries a phrase of the other mood. */
import { type Table, tableOf } from '../table.ts';
import { draws } from './draws.ts';

const OPENINGS = [
  'I bought this {p} last month',
  'Ordered the {p} for my sister',
  'My second {p} from this shop',
  'We use the {p} every day',
  'The {p} came on a Tuesday',
  'Got the {p} on sale',
];
const PRODUCTS = ['kettle', 'lamp', 'backpack', 'keyboard', 'blender', 'jacket', 'coffee grinder', 'tent'];
const GOOD = [
  'works like a charm',
  'very well made',
  'arrived a day early',
  'worth every penny',
  'easy to clean',
  'looks even better than in the pictures',
  'support answered within an hour',
  'light and quiet',
  'I would buy it again',
];
const BAD = [
  'broke after a week',
  'the colour is nothing like the picture',
  'arrived late and scratched',
  'far too loud',
  'the handle came off',
  'support never answered',
  'feels cheap',
  'I sent it back',
  'smells of plastic',
];
const NEUTRAL = ['the box was large', 'it comes with a short manual', 'mine is the blue one', 'the size is as stated'];

/** 1,200 reviews with stars and sentiment. */
export function shopReviews(): Table {
  const d = draws('shop-reviews');
  const rows = Array.from({ length: 1200 }, () => {
    const good = d.chance(0.58);
    const product = d.pick(PRODUCTS);
    const phrases = [d.pick(good ? GOOD : BAD)];
    if (d.chance(0.6)) phrases.push(d.pick(good ? GOOD : BAD));
    if (d.chance(0.5)) phrases.push(d.pick(NEUTRAL));
    if (d.chance(1 / 12)) phrases.push(d.pick(good ? BAD : GOOD));
    const opening = d.pick(OPENINGS).replace('{p}', product);
    const [first, ...rest] = [...new Set(phrases)];
    const text = `${opening}: ${first}${rest.map((phrase) => `, ${phrase}`).join('')}${good && d.chance(0.3) ? '!' : '.'}`;
    return {
      product,
      text,
      stars: good ? d.pick([4, 5], [40, 60]) : d.pick([1, 2, 3], [45, 35, 20]),
      sentiment: good ? 'positive' : 'negative',
    };
  });
  return tableOf({
    product: ['category', rows.map((r) => r.product)],
    review: ['text', rows.map((r) => r.text)],
    stars: ['integer', rows.map((r) => r.stars)],
    sentiment: ['category', rows.map((r) => r.sentiment)],
  });
}
