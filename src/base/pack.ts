/**
 * Packs any plain value into a JSON head and typed-array parts keyed by digest, so that workers, cache and disk share
 * arrays that several values hold. What the value means is left to whoever made it.
 */
import { concatBytes, fromUtf8, utf8 } from './bytes.ts';
import { adoptArrayDigest, arrayDigest, type Digest, hashText } from './hash.ts';

const CONSTRUCTORS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;
type ArrayName = keyof typeof CONSTRUCTORS;
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;
export interface Part {
  digest: Digest;
  array: TypedArray;
}
export interface Packed {
  /** JSON text; `{"$":"array","d":digest}` stands for a part. Names every part, so its hash is the value's digest. */
  head: string;
  /** Each distinct array once, in order of first use. */
  parts: Part[];
}

/** Lists of texts this long (dictionaries) become a part, so that columns that share one store and send it once. */
const LONG_TEXT_LIST = 64;
const textBytes = new WeakMap<readonly string[], Uint8Array>();
const textLists = new WeakMap<TypedArray, readonly string[]>();

const nameOf = (array: TypedArray): ArrayName => Object.prototype.toString.call(array).slice(8, -1) as ArrayName;
const isTypedArray = (value: object): value is TypedArray => ArrayBuffer.isView(value) && !(value instanceof DataView);
const isTextList = (value: unknown[]): value is string[] =>
  value.length >= LONG_TEXT_LIST && value.every((item) => typeof item === 'string');

/** Packs plain data: null, booleans, strings, numbers (all of them), arrays, plain objects, typed arrays. Throws a TypeError else. */
export function pack(value: unknown): Packed {
  const parts = new Map<Digest, TypedArray>();
  const open = new Set<object>();
  const refer = (array: TypedArray, mark: string) => {
    const digest = arrayDigest(array);
    if (!parts.has(digest)) parts.set(digest, array);
    return { $: mark, d: digest };
  };
  const encode = (item: unknown, path: string): unknown => {
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return item;
    if (item === undefined) return { $: 'undefined' };
    if (typeof item === 'number')
      return Number.isFinite(item) && !Object.is(item, -0) ? item : { $: Object.is(item, -0) ? '-0' : String(item) };
    if (typeof item !== 'object') throw new TypeError(`not plain data: ${typeof item} at ${path}`);
    if (isTypedArray(item)) return refer(item, 'array');
    if (open.has(item)) throw new TypeError(`not plain data: a cycle at ${path}`);
    open.add(item);
    let out: unknown;
    if (Array.isArray(item)) {
      if (isTextList(item)) {
        const bytes = textBytes.get(item) ?? utf8(JSON.stringify(item));
        textBytes.set(item, bytes);
        out = refer(bytes, 'texts');
      } else out = Array.from(item, (member, i) => encode(member, `${path}[${i}]`));
    } else {
      const prototype = Object.getPrototypeOf(item);
      // A plain object of another realm (worker, vm) has a prototype whose own prototype is null.
      if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
        throw new TypeError(`not plain data: ${prototype.constructor?.name} at ${path}`);
      const members = Object.entries(item).filter(([, member]) => member !== undefined);
      const encoded = members.map(([key, member]) => [key, encode(member, `${path}.${key}`)] as const);
      out = Object.hasOwn(item, '$') ? { $: 'object', of: encoded } : Object.fromEntries(encoded);
    }
    open.delete(item);
    return out;
  };
  const head = JSON.stringify(encode(value, 'value'));
  return { head, parts: Array.from(parts, ([digest, array]) => ({ digest, array })) };
}

type Encoded = null | boolean | number | string | Encoded[] | { [key: string]: Encoded };

/** The value again; `find` gives each part by digest. Arrays and long text lists are shared with the parts, not copied. */
export function unpack(head: string, find: (digest: Digest) => TypedArray): unknown {
  const decode = (item: Encoded): unknown => {
    if (item === null || typeof item !== 'object') return item;
    if (Array.isArray(item)) return item.map(decode);
    if (!Object.hasOwn(item, '$')) return Object.fromEntries(Object.entries(item).map(([key, member]) => [key, decode(member)]));
    switch (item.$) {
      case 'array':
        return find(item.d as Digest);
      case 'texts': {
        const bytes = find(item.d as Digest);
        let list = textLists.get(bytes);
        if (!list) {
          list = JSON.parse(fromUtf8(bytes as Uint8Array)) as string[];
          textLists.set(bytes, list);
          textBytes.set(list, bytes as Uint8Array);
        }
        return list;
      }
      case 'object':
        return Object.fromEntries((item.of as [string, Encoded][]).map(([key, member]) => [key, decode(member)]));
      case 'undefined':
        return undefined;
      default:
        return Number(item.$);
    }
  };
  return decode(JSON.parse(head) as Encoded);
}

/** The value of a packed one whose parts are all here. */
export function unpackAll(packed: Packed): unknown {
  const byDigest = new Map(packed.parts.map((part) => [part.digest, part.array]));
  return unpack(packed.head, (digest) => {
    const array = byDigest.get(digest);
    if (!array) throw new Error(`missing part ${digest}`);
    return array;
  });
}

export const packedDigest = (packed: Packed): Digest => hashText(packed.head);
/** Content digest of a plain value: equal values of equal member order have equal digests, whoever made them. */
export const packDigest = (value: unknown): Digest => packedDigest(pack(value));
/** Bytes it occupies: head as UTF-16 and every part. */
export const packedBytes = (packed: Packed): number =>
  packed.parts.reduce((sum, part) => sum + part.array.byteLength, packed.head.length * 2);

interface Header {
  head: string;
  /** `at`: offset after the header, or -1 when the part is kept elsewhere. */
  parts: { digest: Digest; type: ArrayName; at: number; bytes: number }[];
}
const MAGIC = 0x314b504d; // "MPK1"
const align = (offset: number) => (offset + 7) & ~7;

/** One byte sequence for disk; parts that `elsewhere` names are referred to, not written. */
export function packToBytes(packed: Packed, elsewhere: (part: Part) => boolean = () => false): Uint8Array<ArrayBuffer> {
  let at = 0;
  const inline: Part[] = [];
  const parts = packed.parts.map((part): Header['parts'][number] => {
    const type = nameOf(part.array);
    const bytes = part.array.byteLength;
    if (elsewhere(part)) return { digest: part.digest, type, at: -1, bytes };
    inline.push(part);
    const start = at;
    at = align(at + bytes);
    return { digest: part.digest, type, at: start, bytes };
  });
  const header = utf8(JSON.stringify({ head: packed.head, parts } satisfies Header));
  const prefix = new Uint8Array(align(8 + header.length));
  new DataView(prefix.buffer).setUint32(0, MAGIC, true);
  new DataView(prefix.buffer).setUint32(4, header.length, true);
  prefix.set(header, 8);
  const body = inline.flatMap(({ array }) => [
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    new Uint8Array(align(array.byteLength) - array.byteLength),
  ]);
  return concatBytes([prefix, ...body]);
}

/** Reads `packToBytes`; `find` gives the bytes of parts kept elsewhere. Throws when the bytes are not whole. */
export async function packFromBytes(
  bytes: Uint8Array,
  find: (digest: Digest) => Promise<Uint8Array> = async (digest) => Promise.reject(new Error(`missing part ${digest}`)),
): Promise<Packed> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw new Error('not a packed value');
  const headerBytes = view.getUint32(4, true);
  const { head, parts } = JSON.parse(fromUtf8(bytes.subarray(8, 8 + headerBytes))) as Header;
  const body = align(8 + headerBytes);
  const read = async (part: Header['parts'][number]): Promise<Part> => {
    const raw = part.at < 0 ? await find(part.digest) : bytes.slice(body + part.at, body + part.at + part.bytes);
    if (raw.length !== part.bytes) throw new Error(`torn part ${part.digest}`);
    const whole = raw.byteOffset % 8 === 0 ? raw : raw.slice();
    const array = arrayOn(part.type, whole);
    adoptArrayDigest(array, part.digest);
    return { digest: part.digest, array };
  };
  return { head, parts: await Promise.all(parts.map(read)) };
}

function arrayOn(type: ArrayName, bytes: Uint8Array): TypedArray {
  const Constructor = CONSTRUCTORS[type];
  if (!Constructor) throw new Error(`unknown array type ${type}`);
  return new Constructor(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength / Constructor.BYTES_PER_ELEMENT);
}
