/** Rows of a list that follows wires are called by the nodes that the wires come from. */
import { expect, test } from 'vitest';
import { emptyDocument } from '../../engine/document.ts';
import { newNode } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { wiredNames } from './wired-names.ts';

test('in the order of the wires: a title of its own, else that of the learner which is trained, else the kind', () => {
  const document = emptyDocument('p', 'p');
  const put = (id: string, kind: string, title?: string) => {
    document.nodes[id] = newNode(id, kindOf(kind)!, { x: 0, y: 0 }, {}, title);
  };
  put('combine', 'evaluate.combine');
  put('trees', 'learn.boosting', 'Small trees');
  put('train', 'evaluate.train');
  put('named', 'evaluate.train', 'My own');
  put('line', 'learn.linear');
  put('ahead', 'series.forecaster');
  const link = (id: string, from: string, port: string, to: string, into: string) => {
    document.wires[id] = { id, from: { node: from, port }, to: { node: to, port: into } };
  };
  link('w1', 'trees', 'learner', 'train', 'learner');
  link('w2', 'line', 'learner', 'named', 'learner');
  link('w10', 'ahead', 'model', 'combine', 'models');
  link('w3', 'named', 'model', 'combine', 'models');
  link('w4', 'train', 'model', 'combine', 'models');
  expect(wiredNames(document, 'combine', 'models')).toEqual(['My own', 'Small trees', 'Forecast model']);
});
