/** The node kinds as the interface uses them: lookup, groups in order, family colour, values with defaults filled in. */
import type { DocumentNode } from '../../engine/document.ts';
import { fillParams } from '../../kind/fill.ts';
import type { Group, Kind } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Port } from '../../kind/ports.ts';
import { allNodes } from '../../nodes/registry.ts';
import type { Family } from '../kit/kind-icon.tsx';

export const GROUPS: readonly Group[] = [
  'data',
  'look',
  'prepare',
  'features',
  'unsupervised',
  'series',
  'learners',
  'automl',
  'evaluate',
  'deliver',
  'script',
];

const kinds: readonly Kind[] = allNodes.map((entry) => entry.kind);
/** All kinds by id, as the engine's checks want them. */
export const kindsById: ReadonlyMap<string, Kind> = new Map(kinds.map((kind) => [kind.id, kind]));

/** Every kind in the registry. */
export function allKinds(): readonly Kind[] {
  return kinds;
}

export function kindOf(id: string): Kind | undefined {
  return kindsById.get(id);
}

/** Colour of a kind's tile: what it is for, not what it takes. */
export function familyOf(kind: Kind): Family {
  if (kind.group === 'data') return 'data';
  if (kind.group === 'learners' || kind.group === 'automl') return 'fitted';
  if (kind.group === 'evaluate' || kind.group === 'look') return 'result';
  if (kind.group === 'deliver') return 'delivery';
  if (kind.group === 'series') {
    const makes = new Set(kind.outputs.map(({ type }) => type));
    return makes.has('model') ? 'fitted' : makes.has('results') ? 'result' : 'prepare';
  }
  return 'prepare';
}

export const portOf = (kind: Kind | undefined, side: 'in' | 'out', id: string): Port | undefined =>
  (side === 'in' ? kind?.inputs : kind?.outputs)?.find((port) => port.id === id);

/** The values a node runs with: the kind's defaults under what the document sets. */
export const valuesOf = (node: DocumentNode, kind: Kind): ParamValues => fillParams(kind.params, node.params);
