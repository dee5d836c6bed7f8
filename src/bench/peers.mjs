// Installs the benchmark's npm peers beside our own packages, once; without a network the benchmark runs without them.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const from = path.join(import.meta.dirname, 'peers');
const into = path.resolve('node_modules/.millrace-peers');
const lock = path.join(into, 'package-lock.json');
const wanted = readFileSync(path.join(from, 'package-lock.json'), 'utf8');
if (!existsSync(path.join(into, 'node_modules')) || !existsSync(lock) || readFileSync(lock, 'utf8') !== wanted) {
  mkdirSync(into, { recursive: true });
  cpSync(from, into, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', into], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.log('The npm peers could not be installed; they are left out.');
}
