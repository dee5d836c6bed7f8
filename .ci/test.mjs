// Types, lint, unit and end-to-end tests in one go; ends with the line "N passed, N failed".
import { bin, build, endToEndTests, finish, single, unitTests } from './steps.mjs';

await single('Types', 'npm', ['run', '--silent', 'types']);
await single('Lint', bin('biome'), ['check', '.']);
await unitTests('Unit tests');
if (await build()) await endToEndTests('End-to-end tests');
finish();
