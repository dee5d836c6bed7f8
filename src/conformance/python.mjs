// Python with the pinned peers, in an environment of its own; shared by the comparisons of quality and of speed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const venv = path.join(here, '.venv');

export function stop(message) {
  console.error(message);
  process.exit(2);
}
export function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  if (error) stop(`${command} cannot be started: ${error.message}`);
  if (status !== 0) stop(`${command} ${args.join(' ')} failed with status ${status}.`);
}

/** Python 3 with the pinned packages, in an environment of its own. */
export function python() {
  const inside = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(here, 'requirements.txt')))
    .digest('hex');
  const mark = path.join(venv, 'requirements.sha256');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return inside;
  const found = ['python3', 'python'].find(
    (name) => spawnSync(name, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 11))']).status === 0,
  );
  if (!found) stop('The comparison needs Python 3.11 or newer with venv, and there is none on the path. Nothing was compared.');
  rmSync(venv, { recursive: true, force: true });
  run(found, ['-m', 'venv', venv]);
  run(inside, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', path.join(here, 'requirements.txt')]);
  writeFileSync(mark, wanted);
  return inside;
}
