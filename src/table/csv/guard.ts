/**
 * The apostrophe that keeps spreadsheets from running a cell as a formula (OWASP: no cell begins with = + - @ TAB CR LF):
 * put before such texts, and before texts that would look guarded, so that taking one off always restores the text.
 */
const APOSTROPHE = 39;
const isTrigger = (c: number) => c === 61 || c === 43 || c === 45 || c === 64 || c === 9 || c === 13 || c === 10;

/** The bytes begin, after any apostrophes, with one of the seven. */
function triggered(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && bytes[i] === APOSTROPHE) i++;
  return i < end && isTrigger(bytes[i]);
}
export const needsGuard = triggered;
export const isGuarded = (bytes: Uint8Array, start: number, end: number): boolean =>
  bytes[start] === APOSTROPHE && start < end && triggered(bytes, start, end);
