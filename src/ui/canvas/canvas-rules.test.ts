/** Wires are judged with reasons, run in free lanes, and arrows walk along them. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../engine/apply-edit.ts';
import { emptyDocument, type PipelineDocument } from '../../engine/document.ts';
import { addNode, connect } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { freePlace, portX } from '../state/node-geometry.ts';
import { bridges, refusalOf } from './connect-rules.ts';
import { extend, neighbourOf } from './navigate.ts';
import { addBeside } from './place-node.ts';
import { tidy } from './tidy.ts';
import { haloPath, midPoint, roundedPath, wirePoints } from './wire-path.ts';

function pipeline(): PipelineDocument {
  let document = emptyDocument('p', 'P');
  const put = (kind: string, x: number, y: number) => {
    document = applyEdit(document, addNode(document, kindOf(kind)!, { x, y }).edit).document;
  };
  put('data.file-import', 0, 0);
  put('prepare.split', 0, 100);
  put('learn.boosting', -56, 200);
  put('learn.logistic', 160, 200);
  document = applyEdit(document, connect(document, { node: 'file-import', port: 'table' }, { node: 'split', port: 'table' })).document;
  return applyEdit(document, connect(document, { node: 'split', port: 'train' }, { node: 'boosting', port: 'table' })).document;
}
const end = (node: string, port: string) => ({ node, port });

describe('connecting', () => {
  const document = pipeline();
  it('accepts what fits', () => expect(refusalOf(document, end('split', 'test'), end('logistic', 'table'))).toBeUndefined());
  it('says why it refuses', () => {
    expect(refusalOf(document, end('boosting', 'model'), end('logistic', 'table'))).toEqual({ code: 'type', from: 'model', to: 'table' });
    expect(refusalOf(document, end('split', 'train'), end('split', 'table'))).toEqual({ code: 'self' });
    expect(refusalOf(document, end('split', 'train'), end('boosting', 'table'))).toEqual({ code: 'duplicate' });
    expect(refusalOf(document, end('split', 'test'), end('boosting', 'table'))).toMatchObject({ code: 'occupied', wire: { id: 'w2' } });
    expect(refusalOf(document, end('nothing', 'x'), end('boosting', 'table'))).toEqual({ code: 'unknown' });
  });
  it('sees circles through several nodes', () => {
    const put = addNode(document, kindOf('prepare.sort')!, { x: 0, y: 300 });
    let longer = applyEdit(document, put.edit).document;
    longer = applyEdit(longer, connect(longer, end('split', 'test'), end('sort', 'table'))).document;
    const freed = applyEdit(longer, { label: '', changes: [{ type: 'wire', id: 'w1', value: null }] }).document;
    expect(refusalOf(freed, end('sort', 'table'), end('split', 'table'))).toEqual({ code: 'cycle' });
  });
  it('knows what turns a table into a model', () => {
    expect(bridges('table', 'model').map((kind) => kind.id)).toContain('learn.boosting');
    expect(bridges('model', 'results')).not.toContain(undefined);
  });
});

describe('placing', () => {
  it('adds beside a port with a straight wire, without overlap', () => {
    const document = pipeline();
    const made = addBeside(document, kindOf('look.table')!, end('file-import', 'table'), 'out')!;
    const after = applyEdit(document, made.edit).document;
    const at = after.nodes[made.id].position;
    for (const other of Object.values(document.nodes))
      expect(Math.abs(other.position.x - at.x) >= 192 || Math.abs(other.position.y - at.y) >= 88).toBe(true);
    expect(Object.values(after.wires).some((w) => w.from.node === 'file-import' && w.to.node === made.id)).toBe(true);
  });
  it('makes the wire upright to the pixel wherever the ports stand, and when dropped near it', () => {
    for (const [from, port, kind, into] of [
      ['boosting', 'model', 'evaluate.evaluate', 'model'],
      ['boosting', 'model', 'deliver.register-model', 'model'],
      ['logistic', 'model', 'deliver.export-onnx', 'model'],
    ]) {
      const document = pipeline();
      const x = (node: string, of: string, side: 'in' | 'out', id: string, at = document) =>
        at.nodes[node].position.x + portX(kindOf(of), side, id);
      const start = x(from, document.nodes[from].kind, 'out', port);
      for (const drop of [undefined, { x: start + 60, y: 420 }]) {
        const made = addBeside(document, kindOf(kind)!, end(from, port), 'out', drop)!;
        const after = applyEdit(document, made.edit).document;
        expect(x(made.id, kind, 'in', into, after)).toBe(start);
      }
    }
  });
  it('keeps the wished place when it is free, on the grid', () => expect(freePlace([], { x: 13, y: 21 })).toEqual({ x: 16, y: 24 }));
});

describe('walking', () => {
  const document = pipeline();
  it('follows wires first, then the nearest node', () => {
    expect(neighbourOf(document, undefined, 'down')).toBe('file-import');
    expect(neighbourOf(document, 'file-import', 'down')).toBe('split');
    expect(neighbourOf(document, 'split', 'down')).toBe('boosting');
    expect(neighbourOf(document, 'boosting', 'right')).toBe('logistic');
    expect(neighbourOf(document, 'boosting', 'up')).toBe('split');
    expect(neighbourOf(document, 'file-import', 'up')).toBeUndefined();
    const { x, y } = document.nodes['file-import'].position;
    const note = { id: 'note', text: 'Why', position: { x, y: y - 120 }, size: { width: 208, height: 96 } };
    expect(neighbourOf(document, 'file-import', 'up', { note })).toBe('note');
    expect(neighbourOf(document, 'note', 'down', { note })).toBe('file-import');
    // Along a wire first, whatever lies nearer.
    expect(neighbourOf(document, 'file-import', 'down', { note: { ...note, position: { x, y: y + 70 } } })).toBe('split');
  });
  it('extends along wires', () => expect(extend(document, ['split'], 'down').sort()).toEqual(['boosting', 'split']));
});

describe('wires', () => {
  const boxOf = (x: number, y: number) => ({ x, y });
  it('are straight where nothing is in the way', () => {
    expect(wirePoints({ x: 88, y: 64 }, { x: 88, y: 100 }, [])).toEqual([
      { x: 88, y: 64 },
      { x: 88, y: 100 },
    ]);
  });
  it('run in a lane of their own round a node', () => {
    const points = wirePoints({ x: 88, y: 64 }, { x: 88, y: 300 }, [boxOf(0, 150)]);
    const lane = points[2].x;
    expect(lane < -8 || lane > 184).toBe(true);
    expect(points.at(-1)).toEqual({ x: 88, y: 300 });
  });
  it('have every leg level or upright', () => {
    for (const target of [
      { x: 300, y: 400 },
      { x: 88, y: 20 },
      { x: -200, y: 101 },
    ]) {
      const points = wirePoints({ x: 88, y: 64 }, target, [boxOf(200, 200)], 1, 2);
      for (const [i, p] of points.slice(1).entries()) expect(p.x === points[i].x || p.y === points[i].y).toBe(true);
    }
  });
  it('draw round corners and halos inside their legs', () => {
    const points = wirePoints({ x: 0, y: 0 }, { x: 100, y: 200 }, []);
    expect(roundedPath(points)).toMatch(/^M0 0L.*Q.*Q.*L100 200$/);
    expect(haloPath(points)).toMatch(/^M100 /);
    expect(
      midPoint([
        { x: 0, y: 0 },
        { x: 0, y: 10 },
        { x: 10, y: 10 },
      ]),
    ).toEqual({ x: 0, y: 10 });
  });
});

describe('tidy', () => {
  it('puts what feeds above what is fed, on the grid, without overlap', () => {
    const document = pipeline();
    const places = tidy(document);
    expect(places.get('file-import')!.y).toBeLessThan(places.get('split')!.y);
    expect(places.get('split')!.y).toBeLessThan(places.get('boosting')!.y);
    for (const { x, y } of places.values()) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
  });
});
