/**
 * `npm run conformance:speed`, with the arguments of `npm run bench`: the same with pandas, scikit-learn and LightGBM beside it, in one
 * interleaved run. Makes its own Python environment, the same as `npm run conformance`.
 */
import { spawnSync } from 'node:child_process';
import { python } from './python.mjs';

const args = ['--expose-gc', '--max-old-space-size=12000', 'dist-node/bench.js', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, MILLRACE_PYTHON: python() } });
process.exit(status ?? 1);
