/** How many compute workers a machine gets: one core stays free for the page and the engine, which are idle enough to share two. */
const MOST = 8;
export const poolSize = (cores: number): number => Math.max(Math.min(2, cores), Math.min(MOST, cores - 1));
