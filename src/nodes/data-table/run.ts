/** Passes the frame on. */
import type { Outputs, RunContext } from '../../kind/run.ts';

export const run = async ({ inputs }: RunContext): Promise<Outputs> => ({ table: inputs.table });
