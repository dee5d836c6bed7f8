/** Puts certificate, schema and lineage of a proved graph into its file as metadata; who calls has compared the answers. */
import { sha256 } from '../base/hash.ts';
import { canonical, type Json } from '../base/json.ts';
import type { Certificate } from '../onnx/certificate.ts';
import { OPSETS } from '../onnx/encode.ts';
import { readHeader } from '../onnx/header.ts';
import { setMetadata } from '../onnx/rewrite.ts';
import { runtimeVersion } from '../onnx/session.ts';
import { TOLERANCE } from './compare-answers.ts';

/** What was checked. */
export type Checked = Pick<Certificate, 'rows' | 'edgeRows' | 'heldOut' | 'maxDelta' | 'ties'>;

/**
 * `texts` goes into the file under `millrace.` keys. The copy of the certificate in the file has `graphSha256`, of the file before
 * metadata was added, which any reader can check by removing the metadata; the certificate given back also has the SHA-256 and size
 * of the whole file. `clock` gives milliseconds since 1970; without it `at` and `ms` are '' and 0.
 */
export async function seal(
  bare: Uint8Array,
  checked: Checked,
  texts: Record<string, Json>,
  { clock, started }: { clock?: () => number; started?: number },
): Promise<{ bytes: Uint8Array; certificate: Certificate }> {
  const header = readHeader(bare);
  const shown = {
    passed: true,
    rows: checked.rows,
    edgeRows: checked.edgeRows,
    heldOut: checked.heldOut,
    maxDelta: checked.maxDelta,
    tolerance: TOLERANCE,
    labelAgreement: 1,
    ties: checked.ties,
    opset: header.opsets[''],
    mlOpset: header.opsets['ai.onnx.ml'] ?? OPSETS['ai.onnx.ml'],
    operators: header.operators,
    runtime: await runtimeVersion(),
    graphSha256: sha256(bare),
  };
  const all = Object.entries({ ...texts, certificate: shown });
  const bytes = setMetadata(bare, Object.fromEntries(all.map(([key, value]) => [`millrace.${key}`, canonical(value)])));
  const ended = clock?.();
  const certificate: Certificate = {
    ...shown,
    sha256: sha256(bytes),
    size: bytes.length,
    at: ended === undefined ? '' : new Date(ended).toISOString(),
    ms: started === undefined || ended === undefined ? 0 : ended - started,
  };
  return { bytes, certificate };
}
