/** Reads one address that the user gave: which ones are allowed, how much is taken, what is said when it fails. */
import { formatBytes } from '../base/bytes.ts';
import { ProblemError } from '../base/problem.ts';

export interface NetAnswer {
  bytes: Uint8Array;
  /** Where the bytes came from in the end, after redirects. */
  url: string;
  contentType: string;
  /** File name for the import dialog: the last part of the path. */
  name: string;
}
export interface NetLimits {
  maxBytes: number;
  timeoutMs: number;
}

const isLocal = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host.endsWith('.localhost');

/** The address as it will be asked for; https, or http on this machine. Name and password in it are refused. */
export function allowedAddress(text: string): URL {
  const typed = text.trim();
  const url = URL.parse(/^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`);
  const refuse = (message: string, hint: string) =>
    new ProblemError({ code: 'net.address', at: { param: 'file' }, args: { url: typed }, message, hint });
  if (!url || url.hostname === '')
    throw refuse(`“${typed}” is not an address.`, 'Paste the whole address, such as https://example.org/data.csv.');
  if (url.username !== '' || url.password !== '')
    throw refuse('The address holds a name or password, which would be kept in the pipeline.', 'Take it out of the address.');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname))) return url;
  throw refuse(
    `Only https addresses are read, and this one is ${url.protocol.slice(0, -1)}.`,
    'Use the https form of the address, or download the file and drop it here.',
  );
}

/** Fetches without cookies or referrer, counts real bytes, and stops at the limit. `request` is `fetch`, given for tests. */
export async function readAddress(text: string, limits: NetLimits, request: typeof fetch): Promise<NetAnswer> {
  const url = allowedAddress(text);
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const fail = (code: string, message: string, hint: string, details?: string) =>
    new ProblemError({ code, at: { param: 'file' }, args: { url: url.href }, message, hint, details });
  try {
    const response = await request(url.href, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'follow',
      signal,
    });
    const final = allowedAddress(response.url || url.href);
    if (!response.ok)
      throw fail(
        'net.status',
        `${url.host} answered ${response.status}${response.statusText ? ` (${response.statusText})` : ''}.`,
        response.status === 404 ? 'Check the address; there is nothing at it.' : 'Try it later, or download the file and drop it here.',
      );
    const bytes = await readBody(response, limits.maxBytes, () =>
      fail(
        'net.too-large',
        `The file is larger than ${formatBytes(limits.maxBytes)}.`,
        'Take a part of it, or download it and drop it here.',
      ),
    );
    const contentType = (response.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
    return { bytes, url: final.href, contentType, name: nameOf(final) };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (signal.aborted)
      throw fail('net.timeout', `${url.host} did not answer in time.`, 'Try it again, or download the file and drop it here.');
    throw fail(
      'net.unreachable',
      `${url.host} could not be read from this page.`,
      'You may be offline, or the site does not allow other pages to read it (CORS); then download the file and drop it here.',
      error instanceof Error ? error.message : String(error),
    );
  }
}

async function readBody(response: Response, maxBytes: number, tooLarge: () => Error): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    total += part.value.length;
    if (total > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').filter(Boolean).at(-1);
  try {
    return (last && decodeURIComponent(last)) || url.hostname;
  } catch {
    return last ?? url.hostname;
  }
}
