/** A hundred sessions of a thousand random edits each: every one of them taken back and done again to the byte. */
import { test } from 'vitest';
import { stream } from '../base/random.ts';
import { undoRestores } from './random-edit.fixture.ts';

const seed = process.env.NIGHTLY_SEED ?? String(Date.now());
const SESSIONS = 100;

test(`${SESSIONS} sessions of 1,000 edits (seed ${seed})`, () => {
  const draw = stream('sessions', seed);
  for (let i = 0; i < SESSIONS; i++) undoRestores(draw.uint32(), 1000);
});
