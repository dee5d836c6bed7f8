// Python with the pinned peers, in an environment of its own; shared by the comparisons of quality and of speed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;

export function stop(message) {
  console.error(message);
  process.exit(2);
}
/** With one thread for what OpenMP and BLAS do, unless more are given. */
export function run(command, args, threads = 1) {
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  if (error) stop(`NOTHING WAS COMPARED. ${command} cannot be started: ${error.message}`);
  if (status !== 0) stop(`NOTHING WAS COMPARED. ${command} ${args.join(' ')} failed with status ${status}.`);
}

/** What is wrong with this Python for us, or undefined. */
function faultOf(name) {
  const ask = 'import sys; print(sys.version.split()[0]); sys.exit(sys.version_info < (3, 11))';
  const { status, error, stdout } = spawnSync(name, ['-c', ask], { encoding: 'utf8' });
  if (error || status === null || status > 1 || !stdout) return `there is no ${name} on the path`;
  if (status === 1) return `${name} is version ${stdout.trim()}`;
  if (spawnSync(name, ['-c', 'import venv, ensurepip']).status !== 0) return `${name} has no venv (on Debian: apt install python3-venv)`;
  return undefined;
}

/** Python 3 with the packages that a list beside this file pins, in an environment of its own. */
export function python(list = 'requirements.txt', folder = '.venv') {
  const venv = path.join(here, folder);
  const inside = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(here, list)))
    .digest('hex');
  const mark = path.join(venv, 'requirements.sha256');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return inside;
  const candidates = ['python3', 'python'].map((name) => ({ name, fault: faultOf(name) }));
  const found = candidates.find(({ fault }) => fault === undefined)?.name;
  if (!found) {
    const faults = candidates.map(({ fault }) => fault).join('; ');
    stop(`NOTHING WAS COMPARED. The other side runs in Python 3.11 or newer with venv, and ${faults}.`);
  }
  rmSync(venv, { recursive: true, force: true });
  run(found, ['-m', 'venv', venv]);
  run(inside, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', path.join(here, list)]);
  writeFileSync(mark, wanted);
  return inside;
}
