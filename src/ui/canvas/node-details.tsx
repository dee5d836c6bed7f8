/** What opens below a chosen node at 150 % and more: why it is in its state, and one row per port. The face itself never grows. */
import { useStore } from 'reactflow';
import type { DocumentNode } from '../../engine/document.ts';
import type { PortSchema } from '../../kind/kind.ts';
import type { Port } from '../../kind/ports.ts';
import { portText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { PortMark } from '../kit/port-mark.tsx';
import { nodeTitle } from '../state/edits.ts';
import { kindOf } from '../state/kinds.ts';
import { useCheck, useDocument, useRun } from '../state/session.ts';
import './details.css';

const FROM_ZOOM = 1.5;

export function NodeDetails({ node, explain }: { node: DocumentNode; explain: string }) {
  const t = useText();
  const near = useStore((s) => s.transform[2] >= FROM_ZOOM);
  const kind = kindOf(node.kind);
  if (!near || !kind) return null;
  return (
    <div className="mr-details">
      <p>{explain}</p>
      <table>
        <tbody>
          {kind.inputs.map((port) => (
            <InputRow key={port.id} node={node.id} port={port} />
          ))}
          {kind.outputs.map((port) => (
            <OutputRow key={port.id} node={node.id} port={port} />
          ))}
        </tbody>
      </table>
      {node.comment ? <p className="mr-details-comment">{t('canvas.details.comment', { text: node.comment })}</p> : null}
    </div>
  );
}

function Row({ port, way, filled, children }: { port: Port; way: 'in' | 'out'; filled: boolean; children: React.ReactNode }) {
  const t = useText();
  return (
    <tr>
      <td className="mr-details-way">{t(`canvas.details.${way}`)}</td>
      <td>
        <PortMark type={port.type} filled={filled} size={10} />
      </td>
      <th scope="row">{portText(port)}</th>
      <td className="mr-details-value">{children}</td>
    </tr>
  );
}

function InputRow({ node, port }: { node: string; port: Port }) {
  const t = useText();
  const sources = useDocument(({ document }) =>
    Object.values(document.wires)
      .filter((wire) => wire.to.node === node && wire.to.port === port.id && document.nodes[wire.from.node])
      .map((wire) => nodeTitle(document.nodes[wire.from.node]))
      .join(', '),
  );
  return (
    <Row port={port} way="in" filled={sources !== ''}>
      {sources || t(port.required ? 'canvas.details.wanted' : 'canvas.details.open')}
    </Row>
  );
}

function OutputRow({ node, port }: { node: string; port: Port }) {
  const t = useText();
  const value = useRun(({ steps }) => steps[node]?.outputs?.[port.id]?.headline);
  const schema = useCheck(({ report }) => report.outputs[node]?.[port.id]);
  const wires = useDocument(
    ({ document }) => Object.values(document.wires).filter((w) => w.from.node === node && w.from.port === port.id).length,
  );
  const expected = useSchemaText(schema);
  return (
    <Row port={port} way="out" filled={wires > 0}>
      {(value && wordsText(value)) || expected || t('canvas.details.none')}
    </Row>
  );
}

/** "5 columns" where the result is not there yet. */
function useSchemaText(schema: PortSchema | undefined): string {
  const t = useText();
  const format = useFormat();
  if (schema?.type !== 'table') return '';
  const columns = t('designer.preview.columns', { count: schema.schema.columns.length });
  const rows = schema.schema.rowCount;
  return rows === undefined ? columns : `${format.count(rows)} × ${schema.schema.columns.length}`;
}
