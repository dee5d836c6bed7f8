/** Rewrites ONNX files byte for byte but for one thing: metadata entries, or ZipMap nodes that no JavaScript runtime can answer from. */
import { writeMetadata, writeValueInfo } from './encode.ts';
import { readNode, readPair, readValueInfo } from './header.ts';
import { PbWriter, readFields, readInts, readText } from './pb.ts';

/** Sets metadata entries (replacing those of the same key); the graph's bytes stay as they are. */
export function setMetadata(bytes: Uint8Array, entries: Record<string, string>): Uint8Array<ArrayBuffer> {
  const w = new PbWriter();
  for (const entry of readFields(bytes)) {
    if (entry.field === 14 && Object.hasOwn(entries, readPair(entry.bytes).key)) continue;
    w.raw(entry.raw);
  }
  writeMetadata(w, entries);
  return w.finish();
}

/** Class labels of a ZipMap node, as text. */
function zipMapClasses(attribute: Uint8Array): string[] {
  let name = '';
  const labels: string[] = [];
  for (const entry of readFields(attribute)) {
    if (entry.field === 1) name = readText(entry);
    else if (entry.field === 8) labels.push(...readInts(entry).map(String));
    else if (entry.field === 9) labels.push(readText(entry));
  }
  return name.startsWith('classlabels_') ? labels : [];
}

/** Replaces each ZipMap by Identity, so that its output is a plain float tensor; `classes` gives the class names by output. */
export function stripZipMap(bytes: Uint8Array): { bytes: Uint8Array; classes: Record<string, string[]> } {
  const classes: Record<string, string[]> = {};
  const w = new PbWriter();
  for (const entry of readFields(bytes)) {
    if (entry.field !== 7) {
      w.raw(entry.raw);
      continue;
    }
    for (const part of readFields(entry.bytes)) {
      if (part.field !== 1) continue;
      const node = readNode(part.bytes);
      if (node.op === 'ZipMap') classes[node.outputs[0]] = node.attributes.flatMap((attribute) => zipMapClasses(attribute.bytes));
    }
    w.message(7, () => {
      for (const part of readFields(entry.bytes)) {
        const node = part.field === 1 ? readNode(part.bytes) : undefined;
        const output = part.field === 12 ? readValueInfo(part.bytes) : undefined;
        if (node?.op === 'ZipMap') {
          w.message(1, () => {
            w.text(1, node.inputs[0]);
            w.text(2, node.outputs[0]);
            w.text(4, 'Identity');
          });
        } else if (output && Object.hasOwn(classes, output.name)) {
          w.message(12, () => writeValueInfo(w, { name: output.name, dtype: 'float', dims: ['batch', classes[output.name].length] }));
        } else w.raw(part.raw);
      }
    });
  }
  return { bytes: Object.keys(classes).length > 0 ? w.finish() : bytes, classes };
}
