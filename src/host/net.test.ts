import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Port } from '../base/channel.ts';
import { connect } from '../base/channel.ts';
import { createNet } from './net.ts';
import { allowedAddress, readAddress } from './net-read.ts';

/** Long enough for a busy machine; only what never answers is given less. */
const LIMITS = { maxBytes: 1000, timeoutMs: 30_000 };
let server: Server;
let base = '';
const seen: { url?: string; cookie?: string; referer?: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url, cookie: request.headers.cookie, referer: request.headers.referer });
    const path = request.url ?? '';
    if (path.startsWith('/data')) response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end('a,b\n1,2\n');
    else if (path === '/moved') response.writeHead(302, { location: '/data%20set.csv' }).end();
    else if (path === '/long') response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5000));
    else if (path === '/endless') {
      response.writeHead(200);
      for (let i = 0; i < 20; i++) response.write('y'.repeat(100));
    } else if (path === '/slow') response.writeHead(200).write('z');
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error) => error.problem?.code ?? String(error),
  );

describe('addresses', () => {
  it('are https, or http on this machine', () => {
    expect(allowedAddress(' example.org/data.csv ').href).toBe('https://example.org/data.csv');
    expect(allowedAddress('http://localhost:8000/a').href).toBe('http://localhost:8000/a');
    for (const wrong of [
      'http://example.org/a',
      'ftp://example.org/a',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/csv,a',
      'https://u:p@example.org',
      'https://',
      '',
    ])
      expect(() => allowedAddress(wrong)).toThrow();
    expect(() => allowedAddress('http://localhost.evil.example/a')).toThrow();
  });
});

describe('reading', () => {
  it('gives bytes, type, name and the address in the end', async () => {
    const answer = await readAddress(`${base}/moved`, LIMITS, fetch);
    expect(new TextDecoder().decode(answer.bytes)).toBe('a,b\n1,2\n');
    expect(answer).toMatchObject({ url: `${base}/data%20set.csv`, contentType: 'text/csv', name: 'data set.csv' });
    expect(seen.at(-1)).toMatchObject({ cookie: undefined, referer: undefined });
  });

  it('stops at the limits and says why', async () => {
    expect(await code(readAddress(`${base}/long`, LIMITS, fetch))).toBe('net.too-large');
    expect(await code(readAddress(`${base}/endless`, LIMITS, fetch))).toBe('net.too-large');
    expect(await code(readAddress(`${base}/slow`, { ...LIMITS, timeoutMs: 300 }, fetch))).toBe('net.timeout');
    expect(await code(readAddress(`${base}/none`, LIMITS, fetch))).toBe('net.status');
    expect(await code(readAddress('http://127.0.0.1:1/x', LIMITS, fetch))).toBe('net.unreachable');
    expect(await code(readAddress('http://example.org/x', LIMITS, fetch))).toBe('net.address');
  });
});

describe('the log of what left this machine', () => {
  it('lists each request, also one that failed, but none that was never sent', async () => {
    let stopped = 0;
    const start = () => {
      const [mine, theirs] = pair();
      connect(theirs, { read: (url: string, limits: typeof LIMITS) => readAddress(url, limits, fetch) });
      return { port: mine, stop: () => void stopped++ };
    };
    const kept: unknown[] = [];
    const net = createNet(
      () => 5,
      (record) => kept.push(record),
      start,
    );
    expect((await net.read(`${base}/data.csv`)).name).toBe('data.csv');
    expect(await code(net.read(`${base}/none`))).toBe('net.status');
    expect(await code(net.read('ftp://example.org'))).toBe('net.address');
    expect(net.log()).toEqual([
      { at: 5, url: `${base}/data.csv`, bytes: 8, ms: 0, outcome: 'ok' },
      { at: 5, url: `${base}/none`, bytes: 0, ms: 0, outcome: 'net.status' },
    ]);
    expect(kept).toEqual(net.log());
    expect(stopped).toBe(3);
  });
});

/** Two ends of one line, without a worker. */
function pair(): [Port, Port] {
  const handlers: ((message: unknown) => void)[][] = [[], []];
  const end = (mine: number): Port => ({
    post: (message) =>
      void Promise.resolve().then(() => {
        for (const handle of handlers[1 - mine]) handle(message);
      }),
    listen: (handler) => void handlers[mine].push(handler),
  });
  return [end(0), end(1)];
}
