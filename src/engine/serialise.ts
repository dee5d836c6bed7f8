/** The document as canonical, readable JSON: fixed member order, ids in id order, two spaces, so that files diff well. */
import type { Json } from '../base/json.ts';
import type { DocumentNode, Note, PipelineDocument, Wire } from './document.ts';
import { compareIds } from './graph.ts';

/** Equal documents give equal bytes, whatever order they were built in. Ends with a line break. */
export function serialise(document: PipelineDocument): string {
  const { format, id, name, description, seed, nodes, wires, notes, extra } = document;
  const ordered = {
    format,
    id,
    name,
    description,
    seed,
    nodes: byId(nodes, nodeMembers),
    wires: byId(wires, wireMembers),
    notes: byId(notes, noteMembers),
    extra: extra && sortMembers(extra),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

const byId = <T>(records: Record<string, T>, members: (record: T) => object): Record<string, object> =>
  Object.fromEntries(
    Object.keys(records)
      .sort(compareIds)
      .map((id) => [id, members(records[id])]),
  );

/** Members that are absent stay absent: JSON leaves `undefined` out. */
const nodeMembers = (node: DocumentNode) => ({
  id: node.id,
  kind: node.kind,
  version: node.version,
  title: node.title,
  params: sortMembers(node.params),
  position: { x: node.position.x, y: node.position.y },
  disabled: node.disabled,
  cache: node.cache,
  pinned: node.pinned,
  runOn: node.runOn,
  maxWorkers: node.maxWorkers,
  comment: node.comment,
});
const wireMembers = ({ id, from, to }: Wire) => ({
  id,
  from: { node: from.node, port: from.port },
  to: { node: to.node, port: to.port },
});
const noteMembers = ({ id, text, position, size, colour, frame }: Note) => ({
  id,
  text,
  position: { x: position.x, y: position.y },
  size: { width: size.width, height: size.height },
  colour,
  frame,
});

function sortMembers(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortMembers(value[key])]),
  );
}
