/**
 * Text of the worker that runs user code. It is written for an opaque origin that inherits the page's policy: it takes the
 * library and the user's text by message, locks away what reaches outside, and answers with columns of plain cells.
 * `SCRIPT_RUNTIME` is the part that Node's runner shares.
 */

/** Sent once to the worker. */
export interface SandboxJob {
  /** danfojs as a classic script that sets `dfd`; absent when the code mentions neither `df` nor `dfd`. */
  library?: string;
  source: string;
  tables: unknown[];
  params: unknown;
}
export type SandboxAnswer =
  | { ok: true; value: unknown }
  /** `line` counts in the user's text from 1. `stage` says whose fault it is. */
  | { ok: false; stage: 'library' | 'syntax' | 'run' | 'result'; message: string; line?: number };

/** The user's text becomes the body of an async function; it starts on line 2 of its file. */
export const wrapUserCode = (source: string): string => `self.userCode = async (df, dfd, tables, params, log) => {\n${source}\n};`;

/** True when the text asks for a danfojs DataFrame by name. */
export const needsLibrary = (source: string): boolean => /\bdfd?\b/.test(source);

const BETWEEN = String.raw`(?:\s|\/\*[\s\S]*?\*\/|(?:\/\/|<!--|-->)[^\n\r\u2028\u2029]*)*`;
const IMPORT_CALL = new RegExp(String.raw`\bimport${BETWEEN}[(.]`);
/**
 * True when the text may call `import()`, the one way out that cannot be taken from a worker: it could tell the app's own
 * host something by the address it asks for. A keyword has no other spelling, and the policy forbids making code from text.
 */
export const callsImport = (source: string): boolean => IMPORT_CALL.test(source);

export const SCRIPT_RUNTIME = `
const MAX_LOG = 200;
const isMissing = (cell) => cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));
// Missing is null for texts, flags and dates, NaN for numbers; dates are Date objects.
const plainTable = (table) => Object.fromEntries(table.columns.map(({ name, type, values }) => [name,
  type === 'datetime' ? Array.from(values, (cell) => (isMissing(cell) ? null : new Date(cell))) : Array.from(values)]));
// danfojs sees NaN as missing in every column and dates as texts, so that is what it gets.
const frameOf = (dfd, table) => {
  const rows = table.columns.length === 0 ? 0 : table.columns[0].values.length;
  if (rows === 0) return null;
  const data = {};
  for (const { name, type, values } of table.columns)
    data[name] = Array.from(values, (cell) => (isMissing(cell) ? NaN : type === 'datetime' ? new Date(cell).toISOString() : cell));
  const dtype = { number: 'float32', integer: 'int32', boolean: 'boolean' };
  return new dfd.DataFrame(data, { dtypes: table.columns.map(({ type }) => dtype[type] || 'string') });
};
const plainCell = (cell) => {
  if (isMissing(cell)) return null;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : { date: cell.getTime() };
  if (typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean') return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'function' || typeof cell === 'symbol') throw new TypeError('a cell is a ' + typeof cell);
  return JSON.stringify(cell);
};
const isList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
// By columns, never by the position of a row's keys.
const columnsOf = (value) => {
  if (value === null || typeof value !== 'object') throw new TypeError('the script returned ' + (value === null ? 'null' : typeof value));
  if (value.$isSeries === true) return [[String((value.columns && value.columns[0]) || 'value'), value.values]];
  if (value.columns && value.getColumnData) return value.columns.map((name, i) => [String(name), value.getColumnData[i] || []]);
  if (isList(value)) {
    const names = new Set();
    for (const row of value) {
      if (row === null || typeof row !== 'object' || isList(row)) throw new TypeError('the list holds something that is not a row object');
      for (const name of Object.keys(row)) names.add(name);
    }
    return Array.from(names, (name) => [name, Array.from(value, (row) => row[name])]);
  }
  return Object.entries(value);
};
const answerOf = (value, lines) => {
  const columns = columnsOf(value).map(([name, values]) => {
    if (!isList(values)) throw new TypeError('“' + name + '” is not a list of cells');
    return { name, values: values instanceof Float64Array ? values : Array.from(values, plainCell) };
  });
  const seen = new Set();
  for (const column of columns) {
    if (seen.has(column.name)) throw new TypeError('there are two columns called “' + column.name + '”');
    seen.add(column.name);
    if (column.values.length !== columns[0].values.length)
      throw new TypeError('“' + column.name + '” has ' + column.values.length + ' cells and “' + columns[0].name + '” has ' + columns[0].values.length);
  }
  return { columns, log: lines };
};
const runUserCode = async (code, dfd, tables, params) => {
  const lines = [];
  const log = (...parts) => {
    if (lines.length < MAX_LOG) lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ').slice(0, 2000));
  };
  console.log = console.info = console.warn = console.error = log;
  let value;
  try {
    value = await code(dfd && tables[0] ? frameOf(dfd, tables[0]) : undefined, dfd, tables.map(plainTable), params, log);
  } catch (error) {
    return failure('run', error);
  }
  try {
    return { ok: true, value: answerOf(value, lines) };
  } catch (error) {
    return failure('result', error);
  }
};
// The user's text has a name of its own, and its first line is line 2.
const failure = (stage, error) => {
  const found = /user-code\\.js:(\\d+)/.exec((error && error.stack) || '');
  const message = error instanceof Error || (error && error.message) ? (error.name || 'Error') + ': ' + error.message : String(error);
  return { ok: false, stage, message, ...(found ? { line: Math.max(1, Number(found[1]) - 1) } : {}) };
};
`;

/** Everything that could carry data away or leave something behind; the page's policy is the wall, this is the second one. */
const OUTSIDE = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'BroadcastChannel',
  'SharedWorker',
  'FontFace',
  'fonts',
  'Worker',
  'indexedDB',
  'caches',
  'importScripts',
  'trustedTypes',
];

export const SANDBOX_SOURCE = `'use strict';
${SCRIPT_RUNTIME}
const load = importScripts.bind(self);
const policy = self.trustedTypes ? self.trustedTypes.createPolicy('millrace', { createScriptURL: (url) => url }) : undefined;
const loadText = (text) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try { load(policy ? policy.createScriptURL(url) : url); } finally { URL.revokeObjectURL(url); }
};
const answer = self.postMessage.bind(self);
const lock = () => {
  for (const name of ${JSON.stringify(OUTSIDE)}) {
    for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) {
      if (Object.hasOwn(owner, name)) try { delete owner[name]; } catch {}
    }
    Object.defineProperty(self, name, { value: undefined, writable: false, configurable: false });
  }
};
// Only an uncaught syntax error tells its line, so nothing catches it but the worker itself.
const loadUserCode = (source) => new Promise((resolve) => {
  self.onerror = (message, file, line) => {
    resolve({ ok: false, stage: 'syntax', message: String(message).replace(/^Uncaught /, '').replace(/Failed to execute 'importScripts'[^:]*: /, ''), line: Math.max(1, line - 1) });
    return true;
  };
  setTimeout(() => {
    loadText(source + '\\n//# sourceURL=user-code.js');
    self.onerror = null;
    resolve();
  });
});
self.onmessage = async ({ data: job }) => {
  self.onmessage = null;
  try {
    if (job.library) loadText(job.library);
  } catch (error) {
    return answer(failure('library', error));
  }
  lock();
  const wrong = await loadUserCode(job.source);
  if (wrong) return answer(wrong);
  const code = self.userCode;
  answer(await runUserCode(code, self.dfd, job.tables, job.params));
};
`;
