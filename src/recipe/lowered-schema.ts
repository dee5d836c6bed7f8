/** The columns inside a graph as a schema, for the same column rules and formula checks as outside it. */
import type { TableSchema } from '../kind/schema.ts';
import type { LoweredTable } from './step.ts';

/** Names and types; roles are not known inside a graph, so what depends on roles is settled when the step is fitted. */
export const loweredSchema = (columns: LoweredTable): TableSchema => ({
  columns: [...columns].map(([name, { type, categories }]) => ({ name, type, role: 'feature', ...(categories ? { categories } : {}) })),
});
