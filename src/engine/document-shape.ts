/** The shape of a pipeline file, for reading it and for its published schema. What parameters may be is the kinds' business. */
import type { Shape } from './shape.ts';

/** Ids begin with a letter or digit, so that `__proto__` and its like are none. */
export const ID_PATTERN = '^[\\p{L}\\p{N}][\\p{L}\\p{N}._:-]{0,127}$';
const ID = new RegExp(ID_PATTERN, 'u');
export const isId = (id: unknown): id is string => typeof id === 'string' && ID.test(id);

const text: Shape = { type: 'text' };
const id: Shape = { type: 'id' };
const coordinate: Shape = { type: 'number' };
const point: Shape = { type: 'record', members: { x: coordinate, y: coordinate } };
const end: Shape = { type: 'record', members: { node: id, port: id } };
const freeMembers: Shape = { type: 'object' };
const node: Shape = {
  type: 'record',
  members: {
    id,
    kind: text,
    version: { type: 'integer' },
    'title?': text,
    params: freeMembers,
    position: point,
    'disabled?': { type: 'flag' },
    'cache?': { type: 'flag' },
    'pinned?': { type: 'flag' },
    'runOn?': { type: 'choice', of: ['auto', 'cpu', 'gpu'] },
    'maxWorkers?': { type: 'integer' },
    'comment?': text,
  },
};
const size: Shape = { type: 'record', members: { width: coordinate, height: coordinate } };
/** Unknown members are refused, never dropped; each record of a map carries its own key as `id`. */
export const DOCUMENT_SHAPE: Shape = {
  type: 'record',
  members: {
    format: { type: 'integer' },
    id,
    name: text,
    'description?': text,
    seed: { type: 'integer' },
    nodes: { type: 'map', of: node },
    wires: { type: 'map', of: { type: 'record', members: { id, from: end, to: end } } },
    notes: {
      type: 'map',
      of: { type: 'record', members: { id, text, position: point, size, 'colour?': text, 'frame?': { type: 'flag' } } },
    },
    'extra?': freeMembers,
  },
};
