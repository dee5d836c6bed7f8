/** The way out of this machine: starts the net worker for each read, and keeps the list "What left this machine". */
import { connect, type Port } from '../base/channel.ts';
import { toProblem } from '../base/problem.ts';
import type { NetService } from './net.worker.ts';
import workerUrl from './net.worker.ts?worker&url';
import type { NetRecord } from './net-log.ts';
import type { NetAnswer, NetLimits } from './net-read.ts';
import { trustedUrl } from './trusted.ts';
import { portOf } from './worker-port.ts';

export interface Net {
  read: (url: string, limits?: Partial<NetLimits>) => Promise<NetAnswer>;
  /** Newest last. */
  log: () => readonly NetRecord[];
}

const LIMITS: NetLimits = { maxBytes: 512 * 1024 * 1024, timeoutMs: 60_000 };

/** `start` makes the worker; `keep` is told of each record, so that the host can store it. */
export function createNet(now: () => number, keep: (record: NetRecord) => void = () => {}, start = startNetWorker): Net {
  const log: NetRecord[] = [];
  return {
    log: () => log,
    read: async (url, limits = {}) => {
      const at = now();
      const note = (shown: string, bytes: number, outcome: string) => {
        const record = { at, url: shown, bytes, ms: now() - at, outcome };
        log.push(record);
        keep(record);
      };
      const worker = start();
      try {
        const answer = await connect<NetService>(worker.port).read(url, { ...LIMITS, ...limits });
        note(answer.url, answer.bytes.length, 'ok');
        return answer;
      } catch (error) {
        const { code } = toProblem(error);
        if (code !== 'net.address') note(url, 0, code);
        throw error;
      } finally {
        worker.stop();
      }
    },
  };
}

/** A worker per read: no address can leave anything behind for the next one. */
function startNetWorker(): { port: Port; stop: () => void } {
  const worker = new Worker(trustedUrl(workerUrl), { type: 'module' });
  return { port: portOf(worker), stop: () => worker.terminate() };
}
