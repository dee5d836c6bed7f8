/** The one worker that may reach other origins: it reads addresses that the user typed, and nothing else. */
import { connect, withTransfer } from '../base/channel.ts';
import { type NetLimits, readAddress } from './net-read.ts';
import { parentPort } from './worker-port.ts';

const service = {
  read: async (url: string, limits: NetLimits) => {
    const answer = await readAddress(url, limits, fetch);
    return withTransfer(answer, [answer.bytes.buffer as ArrayBuffer]);
  },
};
export type NetService = typeof service;

connect(parentPort(), service);
