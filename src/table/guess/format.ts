/** Tells a file's format from its first bytes, with the extension as a tie-breaker. */
import { fromUtf8 } from '../../base/bytes.ts';
import type { Sniff } from '../sniff.ts';

export type FileFormat = Sniff['format'];

const starts = (bytes: Uint8Array, ...codes: number[]) => codes.every((c, i) => bytes[i] === c);
const extension = (name: string) => /\.([a-z0-9-]+)$/i.exec(name)?.[1].toLowerCase() ?? '';

/** Tags that may follow the version in an ONNX model: producer, its version, domain, document, graph, opset. */
const ONNX_FIELDS = [0x12, 0x1a, 0x22, 0x32, 0x3a, 0x42];

export function guessFormat(bytes: Uint8Array, name = ''): FileFormat {
  const ext = extension(name);
  if (starts(bytes, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (starts(bytes, 0x50, 0x4b, 3, 4))
    return ext === 'millrace-model' ? 'model' : zipHolds(bytes, 'xl/') || ext === 'xlsx' ? 'excel' : 'unknown';
  if (ext === 'millrace-model') return 'model';
  if (ext === 'onnx' || (bytes[0] === 8 && bytes[1] >= 3 && bytes[1] <= 20 && ONNX_FIELDS.includes(bytes[2]))) return 'onnx';
  if (isBinary(bytes) || isDocument(fromUtf8(bytes.subarray(0, 256)))) return 'unknown';
  if (ext === 'csv' || ext === 'tsv' || ext === 'tab') return 'csv';
  if (looksLikeJson(fromUtf8(bytes.subarray(0, 4096)))) return 'json';
  return 'csv';
}

/** Web pages, XML, PDF and RTF, whatever the file is called: exports often are one of these by another name. */
const isDocument = (head: string): boolean => /^\uFEFF?\s*(<!doctype\s|<html[\s>]|<\?xml\s|<table[\s>]|%PDF-|\{\\rtf)/i.test(head);

/** A list or object that opens as JSON does, not as a line of data in brackets. */
function looksLikeJson(head: string): boolean {
  return /^\uFEFF?\s*(\[\s*[[{\]"\d-]|\[\s*(true|false|null)|\{\s*("|\}))/.test(head);
}

/** The local headers of a zip name its files; the first 64 KB are enough for a workbook. */
function zipHolds(bytes: Uint8Array, folder: string): boolean {
  let text = '';
  for (let i = 0; i < Math.min(bytes.length, 1 << 16); i++) text += String.fromCharCode(bytes[i]);
  return text.includes(folder) || text.includes('[Content_Types].xml');
}

/** Control characters beyond what texts hold, where the bytes are not UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff)) return false;
  const n = Math.min(bytes.length, 4096);
  let control = 0;
  let nul = 0;
  for (let i = 0; i < n; i++) {
    if (bytes[i] === 0) nul++;
    else if (bytes[i] < 9 || (bytes[i] > 13 && bytes[i] < 32 && bytes[i] !== 26 && bytes[i] !== 27)) control++;
  }
  return control > Math.max(2, n * 0.02) && nul < n * 0.6;
}
