/** How many compute workers a machine gets: one core stays free for the page and the engine. */
const MOST = 8;
export const poolSize = (cores: number): number => Math.max(1, Math.min(MOST, cores - 1));
