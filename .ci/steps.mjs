// Steps of the test runs: each is counted, and the last line says "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

const counts = { passed: 0, failed: 0 };
export const bin = (name) => `node_modules/.bin/${name}${process.platform === 'win32' ? '.cmd' : ''}`;

function run(title, command, args, env = {}) {
  console.log(`\n— ${title}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
/** A step that is one test: it passes or fails as a whole. */
export async function single(title, command, args) {
  const code = await run(title, command, args);
  counts[code === 0 ? 'passed' : 'failed']++;
  return code;
}
/** A runner that writes a JSON report; a runner that fails without one counts as one failure. */
export async function suite(title, report, command, args, read, env) {
  rmSync(report, { force: true });
  const code = await run(title, command, args, env);
  const result = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1 };
  counts.passed += result.passed;
  counts.failed += code !== 0 && result.failed === 0 ? 1 : result.failed;
}

export const unitTests = (title, env) =>
  suite(
    title,
    'test-results/unit.json',
    bin('vitest'),
    ['run', '--reporter=dot', '--reporter=json', '--outputFile.json=test-results/unit.json'],
    (r) => ({
      passed: r.numPassedTests,
      failed: r.numFailedTests + (r.numFailedTestSuites > 0 && r.numFailedTests === 0 ? 1 : 0),
    }),
    env,
  );

export const endToEndTests = (title, args = [], env = {}) =>
  suite(
    title,
    'test-results/e2e.json',
    bin('playwright'),
    ['test', ...args],
    (r) => ({ passed: r.stats.expected + r.stats.flaky, failed: r.stats.unexpected }),
    env,
  );

export const build = async () => (await single('Build', 'npm', ['run', '--silent', 'build'])) === 0;

export function finish() {
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed === 0 ? 0 : 1);
}
