/** The differences between two versions in words, one line each, in the order in which one reads a flow. */
import type { Json } from '../../base/json.ts';
import type { DocumentNode, PipelineDocument, Wire } from '../../engine/document.ts';
import type { FileRef, Param } from '../../kind/params.ts';
import { kindText, paramText, portText, wordText } from '../i18n/kind-text.ts';
import { lookUp, translate } from '../i18n/text.ts';
import { nodeTitle } from '../state/edits.ts';
import { kindOf, portOf } from '../state/kinds.ts';
import { type DocumentDiff, type NodeChange, type NodeDiff, ownWires } from './document-diff.ts';

export interface Difference {
  key: string;
  what: 'added' | 'removed' | 'changed';
  text: string;
  /** Where it can be seen now. */
  node?: string;
}

const LONGEST = 28;
const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** A parameter's value as the form would show it; undefined where only "changed" fits. */
function valueText(param: Param, value: Json | undefined): string | undefined {
  const set = value === undefined ? param.default : value;
  if (set === null || set === undefined) return 'auto' in param && param.auto ? wordText(param.auto) : translate('designer.form.none');
  if (typeof set === 'boolean') return translate(set ? 'designer.form.on' : 'designer.form.off');
  if (typeof set === 'number') return 'unit' in param && param.unit ? `${set} ${wordText(param.unit)}` : String(set);
  if (param.type === 'choice') return wordText(param.options.find((option) => option.value === set)?.label ?? String(set));
  if (param.type === 'file') return (set as unknown as FileRef).name;
  if (Array.isArray(set) && set.every((item) => typeof item === 'string')) return short(set.join(', ')) || translate('designer.form.none');
  return typeof set === 'string' && !set.includes('\n') ? `“${short(set)}”` : undefined;
}

/** What changed about a node, without its name: "Test size 0.3 → 0.4". */
export function changeText(now: DocumentNode, change: NodeChange): string {
  const kind = kindOf(now.kind);
  if ('param' in change) {
    const record = kind?.params[change.param];
    const label = kind && record ? paramText(kind, change.param, record, 'label') : change.param;
    const before = record && valueText(record, change.before);
    const after = record && valueText(record, change.now);
    if (before === undefined || after === undefined || before === after) return translate('versions.changed', { label });
    return translate('versions.set', { label, before, now: after });
  }
  switch (change.field) {
    case 'kind': {
      const old = kindOf(String(change.before));
      return translate('versions.kind', {
        before: old ? kindText(old, 'title') : String(change.before),
        now: kind ? kindText(kind, 'title') : now.kind,
      });
    }
    case 'title':
      return translate('versions.retitled', { before: String(change.before ?? (kind ? kindText(kind, 'title') : now.kind)) });
    case 'disabled':
    case 'pinned':
    case 'cache':
      return translate(`versions.${change.field}-${(change.now ?? change.field === 'cache') ? 'on' : 'off'}`);
    default:
      return translate('versions.changed', { label: lookUp('designer', 'run-settings', change.field) ?? change.field });
  }
}

/** All that changed about a node: "Test size 0.3 → 0.4, switched off". */
export const changesText = ({ now, changes }: Extract<NodeDiff, { what: 'changed' }>): string =>
  changes.map((change) => changeText(now, change)).join(', ');

function wireText(key: string, document: PipelineDocument, { from, to }: Wire): string {
  const end = (side: 'in' | 'out', { node, port }: Wire['from']) => {
    const there = document.nodes[node];
    const found = there && portOf(kindOf(there.kind), side, port);
    return translate('versions.end', { title: there ? nodeTitle(there) : node, port: found ? portText(found) : port });
  };
  return translate(key, { from: end('out', from), to: end('in', to) });
}

export function differences(diff: DocumentDiff, before: PipelineDocument, now: PipelineDocument): Difference[] {
  const lines: Difference[] = diff.fields.map(({ field, ...values }) => ({
    key: field,
    what: 'changed',
    text: translate(`versions.${field}`, { before: String(values.before ?? ''), now: String(values.now ?? '') }),
  }));
  const order = { added: 0, changed: 1, removed: 2 } as const;
  const place = (node: NodeDiff) => (node.what === 'removed' ? node.before : node.now).position;
  const sorted = [...diff.nodes].sort(
    ([, a], [, b]) => order[a.what] - order[b.what] || place(a).y - place(b).y || place(a).x - place(b).x,
  );
  for (const [id, node] of sorted) {
    if (node.what === 'added')
      lines.push({ key: id, what: 'added', node: id, text: translate('versions.added', { title: nodeTitle(node.now) }) });
    else if (node.what === 'removed')
      lines.push({ key: id, what: 'removed', text: translate('versions.removed', { title: nodeTitle(node.before) }) });
    else
      for (const [i, change] of node.changes.entries())
        lines.push({
          key: `${id} ${i}`,
          what: 'changed',
          node: id,
          text: translate('versions.of-node', { title: nodeTitle(node.now), text: changeText(node.now, change) }),
        });
  }
  const wires = ownWires(diff);
  for (const wire of wires.added)
    lines.push({ key: `+${wire.id}`, what: 'added', node: wire.to.node, text: wireText('versions.connected', now, wire) });
  for (const wire of wires.removed)
    lines.push({ key: `-${wire.id}`, what: 'removed', node: wire.to.node, text: wireText('versions.disconnected', before, wire) });
  for (const [id, { what, note }] of diff.notes)
    lines.push({ key: id, what, text: translate(`versions.${note.frame ? 'frame' : 'note'}-${what}`, { text: short(note.text) }) });
  if (diff.moved.length > 0) lines.push({ key: 'moved', what: 'changed', text: translate('versions.moved', { count: diff.moved.length }) });
  return lines;
}
