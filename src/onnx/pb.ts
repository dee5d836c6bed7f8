/** Protocol-buffer wire format: a growing writer and a field reader that copies nothing. What the fields mean stands in `encode.ts` and `header.ts`. */
import { fromUtf8, utf8 } from '../base/bytes.ts';
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';

const HIGH = 0x100000000;

/** Writes fields in order. Message lengths are filled in afterwards, so nested messages need no second buffer. */
export class PbWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + count));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Two's complement in 64 bits, as int64 fields want it; any safe integer. */
  #varint(value: number): void {
    this.#reserve(10);
    if (value >= 0 && value < 128) {
      this.#bytes[this.#at++] = value;
      return;
    }
    let low = value >>> 0;
    let high = Math.floor(value / HIGH) >>> 0;
    while (high > 0 || low > 127) {
      this.#bytes[this.#at++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#bytes[this.#at++] = low;
  }

  int(field: number, value: number): void {
    this.#varint(field * 8);
    this.#varint(value);
  }

  float(field: number, value: number): void {
    this.#varint(field * 8 + 5);
    this.#reserve(4);
    this.#view.setFloat32(this.#at, value, true);
    this.#at += 4;
  }

  bytes(field: number, value: Uint8Array): void {
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    this.raw(value);
  }

  text(field: number, value: string): void {
    this.bytes(field, utf8(value));
  }

  /** Bytes as they are: whole fields copied from another file. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  message(field: number, write: () => void): void {
    this.#varint(field * 8 + 2);
    const start = this.#at;
    write();
    const length = this.#at - start;
    this.#varint(length);
    const width = this.#at - start - length;
    const head = this.#bytes.slice(start + length, this.#at);
    this.#bytes.copyWithin(start + width, start, start + length);
    this.#bytes.set(head, start);
  }

  packedInts(field: number, values: ArrayLike<number>): void {
    this.message(field, () => {
      for (let i = 0; i < values.length; i++) this.#varint(values[i]);
    });
  }

  packedFloats(field: number, values: ArrayLike<number>): void {
    this.#varint(field * 8 + 2);
    this.#varint(values.length * 4);
    this.#reserve(values.length * 4);
    for (let i = 0; i < values.length; i++) this.#view.setFloat32(this.#at + i * 4, values[i], true);
    this.#at += values.length * 4;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#at);
  }
}

/** One field: `value` of varints and fixed numbers (as a double), `bytes` of length-delimited ones; `raw` = tag and all. */
export interface PbField {
  field: number;
  wire: number;
  value: number;
  bytes: Uint8Array;
  raw: Uint8Array;
}

const damaged = (why: Phrase) =>
  new ProblemError({
    code: 'onnx.damaged',
    args: { why },
    message: phrase('onnx.not-whole', 'This is not a whole ONNX file: {why}.', { why }),
    hint: 'Copy or export the file again; a download may have been cut short.',
  });
const NOTHING = new Uint8Array(0);

/** The fields of one message, in file order. Throws a Problem on damaged bytes. */
export function* readFields(bytes: Uint8Array): Generator<PbField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 63) throw damaged(phrase('onnx.cut-number', 'a number runs past its end'));
      const byte = bytes[at++];
      if (shift < 28) low += (byte & 127) * 2 ** shift;
      else if (shift === 28) {
        low += (byte & 15) * 2 ** 28;
        high = (byte & 127) >>> 4;
      } else high = (high + (byte & 127) * 2 ** (shift - 32)) % HIGH;
      if (byte < 128) return (high | 0) * HIGH + low;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const entry: PbField = { field: Math.floor(tag / 8), wire: tag % 8, value: 0, bytes: NOTHING, raw: NOTHING };
    if (entry.wire === 0) entry.value = varint();
    else {
      const length = entry.wire === 2 ? varint() : entry.wire === 5 ? 4 : entry.wire === 1 ? 8 : -1;
      if (length < 0 || tag < 8) throw damaged(phrase('onnx.odd-field', 'an unknown kind of field'));
      if (at + length > bytes.length) throw damaged(phrase('onnx.cut-part', 'a part is longer than the file'));
      if (entry.wire === 5) entry.value = view.getFloat32(at, true);
      else if (entry.wire === 1) entry.value = view.getFloat64(at, true);
      else entry.bytes = bytes.subarray(at, at + length);
      at += length;
    }
    entry.raw = bytes.subarray(start, at);
    yield entry;
  }
}

/** Integers of a repeated field, packed or not. */
export function readInts(entry: PbField): number[] {
  if (entry.wire === 0) return [entry.value];
  const values: number[] = [];
  let at = 0;
  while (at < entry.bytes.length) {
    let end = at;
    while (entry.bytes[end] > 127) end++;
    const wrapped = new Uint8Array(end - at + 2);
    wrapped[0] = 8;
    wrapped.set(entry.bytes.subarray(at, end + 1), 1);
    for (const one of readFields(wrapped)) values.push(one.value);
    at = end + 1;
  }
  return values;
}

export const readText = (entry: PbField): string => fromUtf8(entry.bytes);
