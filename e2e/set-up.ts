/** Runs once before all journeys, which share what it builds. Playwright takes it as the default export only. */
import { buildCommandLine } from './command-line.ts';

export default buildCommandLine;
