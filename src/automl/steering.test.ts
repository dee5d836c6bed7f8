/** Steering: pauses stop the clock, asks that change nothing say nothing, an ended trial is told to all who wait for it. */
import { expect, test } from 'vitest';
import type { Phrase } from '../base/words.ts';
import { createSteering } from './steering.ts';

function steered() {
  let time = 0;
  const told: string[] = [];
  const steering = createSteering(
    () => time,
    0,
    ({ text }: Phrase) => void told.push(text),
  );
  return { steering, told, pass: (ms: number) => void (time += ms) };
}

test('the clock stands still while paused; whoever waits goes on when it does', async () => {
  const { steering, told, pass } = steered();
  pass(3000);
  steering.hear({ name: 'pause' });
  steering.hear({ name: 'pause' });
  pass(60_000);
  expect([steering.paused(), steering.now()]).toEqual([true, 3000]);
  const waiting = steering.resumed();
  steering.hear({ name: 'resume' });
  await waiting;
  pass(500);
  expect([steering.paused(), steering.now()]).toEqual([false, 3500]);
  steering.hear({ name: 'resume' });
  expect(told).toEqual(['Paused at 3 s.', 'Went on at 3 s.']);
});

test('stop wakes a paused race', async () => {
  const { steering, told } = steered();
  steering.hear({ name: 'pause' });
  const waiting = steering.resumed();
  steering.hear({ name: 'stop' });
  await waiting;
  expect(steering.paused()).toBe(false);
  expect(told.at(-1)).toBe('Stopped by hand at 0 s.');
});

test('time adds up; a trial is ended once; pins go on and off; what makes no sense changes nothing', async () => {
  const { steering, told } = steered();
  steering.hear({ name: 'add-time', args: { seconds: 30 } });
  steering.hear({ name: 'add-time', args: { seconds: 60 } });
  steering.hear({ name: 'add-time', args: { seconds: -5 } });
  steering.hear({ name: 'add-time' });
  expect(steering.extraMs()).toBe(90_000);
  const before = steering.ended(4);
  steering.hear({ name: 'end-trial', args: { trial: 4 } });
  steering.hear({ name: 'end-trial', args: { trial: 4 } });
  await Promise.all([before, steering.ended(4)]);
  expect([steering.isEnded(4), steering.isEnded(5)]).toEqual([true, false]);
  steering.hear({ name: 'pin-trial', args: { trial: 2, on: true } });
  expect(steering.isPinned(2)).toBe(true);
  steering.hear({ name: 'pin-trial', args: { trial: 2, on: false } });
  steering.hear({ name: 'pin-trial', args: { trial: 2, on: false } });
  expect(steering.isPinned(2)).toBe(false);
  expect(told).toHaveLength(5);
  expect(steering.said()).toHaveLength(5);
});

test('what was kept in a race before this one is kept still, and can be let go', () => {
  const steering = createSteering(
    () => 0,
    0,
    () => undefined,
    [3],
  );
  expect(steering.isPinned(3)).toBe(true);
  steering.hear({ name: 'pin-trial', args: { trial: 3, on: false } });
  expect(steering.isPinned(3)).toBe(false);
});
