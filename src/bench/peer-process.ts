/** A candidate in a process of its own, asked one work at a time by a line of text; one that dies or stays silent is started anew. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a process writes as JSON, a line each: once when its tables stand, then one for each work asked. */
export interface Answer {
  /** Name and version, with the first line only. */
  ready?: string;
  /** CPU milliseconds of that process. */
  ms?: number;
  /** Rows of the result, so that all can be seen to do the same work. */
  rows?: number;
  /** How good the result is, in the contest's measure. */
  quality?: number;
  /** What it threw. Nothing at all = it does not offer this work. */
  error?: string;
}

const LOADING_MS = 240_000;
/** So often its time is waited for again while it has not used that much of the processor. */
const MOST_WAITS = 6;
export class PeerProcess {
  name: string;
  /** How often it was ended for giving no answer in time, or died. */
  lost = 0;
  #child: ChildProcess | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(
    name: string,
    readonly command: string,
    readonly args: readonly string[],
    readonly deadlineMs = 90_000,
  ) {
    this.name = name;
  }

  /** Throws when the process cannot be started or holds no tables in time. */
  async start(): Promise<void> {
    const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', ARROW_NUM_THREADS: '1' };
    this.#child = spawn(this.command, this.args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...one } });
    const failed = new Promise<never>((_, reject) => this.#child!.once('error', reject));
    failed.catch(() => {});
    let said = '';
    this.#child.stderr!.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
    this.#child.stdin!.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    const answer = await Promise.race([failed, this.#next(LOADING_MS)]);
    if (!answer.ready) throw new Error(answer.error ? `${answer.error} ${lastLine(said)}` : lastLine(said));
    this.name = answer.ready;
  }

  /** What it answers; an error when it says nothing in time, ends, or cannot be started again. */
  async ask(title: string): Promise<Answer> {
    try {
      if (!this.#child) await this.start();
    } catch (error) {
      return { error: (error as Error).message };
    }
    this.#child!.stdin!.write(`${title}\n`);
    return this.#next(this.deadlineMs);
  }

  async #next(limitMs: number): Promise<Answer> {
    const pid = this.#child?.pid;
    const before = cpuMsOf(pid);
    const next = this.#lines!.next();
    let timer: NodeJS.Timeout | undefined;
    const late = () =>
      new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), limitMs);
      });
    let line = await Promise.race([next, late()]);
    // On a busy machine it may have had but a part of that time to itself.
    for (let waits = 1; !line && waits < MOST_WAITS && cpuMsOf(pid) - before < limitMs; waits++) {
      clearTimeout(timer);
      line = await Promise.race([next, late()]);
    }
    clearTimeout(timer);
    if (line && !line.done) return JSON.parse(line.value) as Answer;
    this.close();
    this.lost++;
    return { error: line ? 'its process ended (out of memory?)' : `no answer within ${limitMs / 1000} s` };
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}

const TICK_MS = 10;
/** CPU milliseconds of a process so far; NaN where the system does not tell (it does on Linux). */
function cpuMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
