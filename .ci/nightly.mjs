// What takes too long for every change: fuzzing and long sequences (NIGHTLY_SEED repeats a night), then killed browsers (KILLS of them).
import { build, endToEndTests, finish, unitTests } from './steps.mjs';

const env = { NIGHTLY: '1', NIGHTLY_SEED: process.env.NIGHTLY_SEED ?? String(Date.now()), KILLS: process.env.KILLS ?? '50' };
await unitTests(`Fuzzing, seed ${env.NIGHTLY_SEED}`, env);
if (await build()) await endToEndTests('Killed browsers', ['nightly'], env);
finish();
