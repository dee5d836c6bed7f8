/** What this machine keeps about pipelines is apart by workspace; habits are not. */
import { afterEach, expect, it, vi } from 'vitest';
import { forgetWorkspace, inWorkspace, localValues, memoryValues } from './storage.ts';

afterEach(() => vi.unstubAllGlobals());

it('keeps pipelines of workspaces apart, and panels common', () => {
  const all = memoryValues();
  const [first, second] = [inWorkspace(all, 'default'), inWorkspace(all, 'w2')];
  first.write('last-pipeline', 'p-1');
  second.write('last-pipeline', 'p-2');
  second.write('outcomes.p-1', { n: 1 });
  second.write('panels', { dockOpen: false });
  expect([first.read('last-pipeline', ''), second.read('last-pipeline', '')]).toEqual(['p-1', 'p-2']);
  expect(first.read('outcomes.p-1', null)).toBeNull();
  expect(first.read('panels', null)).toEqual({ dockOpen: false });
});

it('forgets one workspace only', () => {
  const stored: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, text: string) => void (stored[key] = text),
    removeItem: (key: string) => void delete stored[key],
  };
  // Entries are own properties of a storage, its methods are not.
  Object.setPrototypeOf(stored, methods);
  vi.stubGlobal('localStorage', stored);
  const [first, second] = [inWorkspace(localValues, 'default'), inWorkspace(localValues, 'w2')];
  for (const storage of [first, second]) for (const key of ['last-pipeline', 'outcomes.p-1']) storage.write(key, 1);
  localValues.write('panels', 1);
  forgetWorkspace('default');
  expect(Object.keys(stored).sort()).toEqual(['millrace.panels', 'millrace.w2.last-pipeline', 'millrace.w2.outcomes.p-1']);
  forgetWorkspace('w2');
  expect(Object.keys(stored)).toEqual(['millrace.panels']);
});
