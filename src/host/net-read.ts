/** Reads one address that the user gave: which ones are allowed, how much is taken, what is said when it fails. */
import { formatBytes } from '../base/bytes.ts';
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';

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
  const refuse = (message: Phrase, hint: Phrase) =>
    new ProblemError({ code: 'net.address', at: { param: 'file' }, args: { url: typed }, message, hint });
  if (!url || url.hostname === '')
    throw refuse(
      phrase('net.no-address', '“{address}” is not an address.', { address: typed }),
      phrase('net.paste-whole', 'Paste the whole address, such as https://example.org/data.csv.'),
    );
  if (url.username !== '' || url.password !== '')
    throw refuse(
      phrase('net.password', 'The address holds a name or password, which would be kept in the pipeline.'),
      phrase('net.take-out', 'Take it out of the address.'),
    );
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname))) return url;
  throw refuse(
    phrase('net.not-https', 'Only https addresses are read, and this one is {scheme}.', { scheme: url.protocol.slice(0, -1) }),
    phrase('net.use-https', 'Use the https form of the address, or download the file and drop it here.'),
  );
}

/** Fetches without cookies or referrer, counts real bytes, and stops at the limit. `request` is `fetch`, given for tests. */
export async function readAddress(text: string, limits: NetLimits, request: typeof fetch): Promise<NetAnswer> {
  const url = allowedAddress(text);
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const fail = (code: string, message: Phrase, hint: Phrase, details?: string) =>
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
        phrase('net.answered', '{host} answered {status}.', {
          host: url.host,
          status: `${response.status}${response.statusText ? ` (${response.statusText})` : ''}`,
        }),
        response.status === 404
          ? phrase('net.nothing-there', 'Check the address; there is nothing at it.')
          : phrase('net.try-later', 'Try it later, or download the file and drop it here.'),
      );
    const bytes = await readBody(response, limits.maxBytes, () =>
      fail(
        'net.too-large',
        phrase('net.file-too-large', 'The file is larger than {most}.', { most: formatBytes(limits.maxBytes) }),
        phrase('net.take-part', 'Take a part of it, or download it and drop it here.'),
      ),
    );
    const contentType = (response.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
    return { bytes, url: final.href, contentType, name: nameOf(final) };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (signal.aborted)
      throw fail(
        'net.timeout',
        phrase('net.no-answer', '{host} did not answer in time.', { host: url.host }),
        phrase('net.try-again', 'Try it again, or download the file and drop it here.'),
      );
    throw fail(
      'net.unreachable',
      phrase('net.unread', '{host} could not be read from this page.', { host: url.host }),
      phrase(
        'net.offline-or-cors',
        'You may be offline, or the site does not allow other pages to read it (CORS); then download the file and drop it here.',
      ),
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
