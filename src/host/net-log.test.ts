/** The list of what left is kept in order, over a reload, and does not grow without end. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { openDb } from '../registry/db.ts';
import { keepNetRecord, netLog } from './net-log.ts';

it('keeps the newest records, newest last', async () => {
  const db = openDb('net-log-test');
  expect(await netLog(db)).toEqual([]);
  const record = (at: number) => ({ at, url: `https://example.org/${at}`, bytes: at, ms: 1, outcome: at % 2 ? 'ok' : 'net.status' });
  await Promise.all(Array.from({ length: 230 }, (_, at) => keepNetRecord(db, record(at))));
  db.close();
  const kept = await netLog(openDb('net-log-test'));
  expect(kept).toHaveLength(200);
  expect([kept[0].at, kept.at(-1)]).toEqual([30, record(229)]);
});
