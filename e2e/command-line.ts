/** The command line, for journeys that compare it with the page; built before the first journey (`set-up.ts`). */
import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RunEvent } from '../src/events/event.ts';

const ROOT = path.join(import.meta.dirname, '..');
const CLI = path.join(ROOT, 'dist-node', 'cli.js');
const execute = promisify(execFile);

/** The page under test is of today's sources; a command line of yesterday's would differ from it. */
function isStale(): boolean {
  const built = statSync(CLI, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(path.join(ROOT, 'src'), { recursive: true, withFileTypes: true });
  return sources.some((file) => file.isFile() && statSync(path.join(file.parentPath, file.name)).mtimeMs > built);
}

export async function buildCommandLine(): Promise<void> {
  if (isStale()) await execute('npx', ['vite', 'build', '--mode', 'node', '--logLevel', 'warn'], { cwd: ROOT });
}

/** What a command writes; rejects, with `code` and `stderr`, when it fails. */
export async function cli(args: readonly string[]): Promise<string> {
  return (await execute(process.execPath, [CLI, ...args], { cwd: ROOT, maxBuffer: 64 * 1024 ** 2 })).stdout;
}

export type StepDone = Extract<RunEvent, { type: 'step-done' }>;

/** Runs a pipeline file; every step's last word, in the order they ended. A failed step rejects. */
export async function runPipeline(file: string, args: readonly string[] = []): Promise<StepDone[]> {
  const lines = (await cli(['run', file, '--json', ...args])).trim().split('\n');
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as StepDone)
    .filter((event) => event.type === 'step-done');
}
