/** The node kinds as the interface uses them: lookup, groups in order, family colour, values with defaults filled in. */
import type { Json } from '../../base/json.ts';
import type { DocumentNode } from '../../engine/document.ts';
import type { Group, Kind } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { PORT_STYLES, type Port } from '../../kind/ports.ts';
import { nodes } from '../../nodes/index.ts';
import type { Family } from '../kit/kind-icon.tsx';

export const GROUPS: readonly Group[] = ['data', 'look', 'prepare', 'features', 'learners', 'automl', 'evaluate', 'deliver', 'script'];

const byId = new Map<string, Kind>();

/** Every kind in the registry. */
export function allKinds(): readonly Kind[] {
  return nodes.map((entry) => entry.kind);
}

export function kindOf(id: string): Kind | undefined {
  if (byId.size !== nodes.length) for (const { kind } of nodes) byId.set(kind.id, kind);
  return byId.get(id);
}

/** Colour of a kind's tile: what it is for, not what it takes. */
export function familyOf(kind: Kind): Family {
  if (kind.group === 'data') return 'data';
  if (kind.group === 'learners' || kind.group === 'automl') return 'fitted';
  if (kind.group === 'evaluate' || kind.group === 'look') return 'result';
  if (kind.group === 'deliver') return 'delivery';
  return 'prepare';
}

export const portOf = (kind: Kind | undefined, side: 'in' | 'out', id: string): Port | undefined =>
  (side === 'in' ? kind?.inputs : kind?.outputs)?.find((port) => port.id === id);

export const portTitle = (port: Port): string => port.title || PORT_STYLES[port.type].title;

/** The values a node runs with: the kind's defaults under what the document sets. */
export function valuesOf(node: DocumentNode, kind: Kind): ParamValues {
  const values: ParamValues = {};
  for (const [id, param] of Object.entries(kind.params)) values[id] = node.params[id] ?? (param.default as Json);
  return values;
}
