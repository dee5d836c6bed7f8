/** A file packed with gzip, unpacked bit by bit so that one that claims to be endless is stopped. */
import { concatBytes } from '../../base/bytes.ts';

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** The name of what is inside `people.csv.gz`. */
export const nameInside = (name: string | undefined): string | undefined => name?.replace(/\.gz(ip)?$/i, '');

/** Bytes looked at in one go, packed. */
const PIECE = 1 << 16;
/** More than this, unpacked, would not fit in memory beside the table made of it. */
export const MOST_UNPACKED = 2 ** 30;

/** CRC-32 of one byte after another, as gzip has it (RFC 1952 § 8). */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
function crcAfter(crc: number, bytes: Uint8Array): number {
  let next = crc;
  for (const byte of bytes) next = CRC[(next ^ byte) & 255] ^ (next >>> 8);
  return next;
}

/** The bytes inside, or why there are none. A file may hold several packed pieces, one after another; each ends with its checksum and length. */
export async function gunzip(bytes: Uint8Array, most = MOST_UNPACKED): Promise<Uint8Array | 'gzip.damaged' | 'gzip.too-big'> {
  const { Gunzip } = await import('fflate');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Uint8Array[] = [];
  let total = 0;
  let inMember = 0;
  let crc = -1;
  let whole = true;
  const endMember = (end: number) => {
    whole &&= end >= 18 && view.getUint32(end - 8, true) === ~crc >>> 0 && view.getUint32(end - 4, true) === inMember >>> 0;
    inMember = 0;
    crc = -1;
  };
  const unpacker = new Gunzip((part) => {
    parts.push(part);
    total += part.length;
    inMember += part.length;
    crc = crcAfter(crc, part);
  });
  unpacker.onmember = endMember;
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      unpacker.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
      if (total > most) return 'gzip.too-big';
    }
  } catch {
    return 'gzip.damaged';
  }
  endMember(bytes.length);
  return whole ? concatBytes(parts) : 'gzip.damaged';
}
