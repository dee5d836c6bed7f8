/** The methods that are fitted to all series at once, by id. */
export const DIRECT = 'boosting-direct';
export const RECURSIVE = 'boosting-recursive';
export const isShared = (method: string): boolean => method === DIRECT || method === RECURSIVE;
