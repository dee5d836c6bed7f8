/** The columns a node gives (and takes), known before it runs: name, type, role, with the summary's chart once there is one. */
import { useState } from 'react';
import type { TableSchema } from '../../kind/schema.ts';
import { usePortDigest, useSummary } from '../canvas/wire-preview.tsx';
import { portText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { SparkBars } from '../kit/spark.tsx';
import { kindOf } from '../state/kinds.ts';
import { useCheck, useNode } from '../state/session.ts';

export function ColumnsTab({ nodeId }: { nodeId: string }) {
  const t = useText();
  const node = useNode(nodeId);
  const report = useCheck((s) => s.report);
  const kind = kindOf(node?.kind ?? '');
  const [port, setPort] = useState<string>();
  const tables = [
    ...(kind?.outputs ?? []).flatMap((p) =>
      report.outputs[nodeId]?.[p.id]?.type === 'table'
        ? [{ value: `out:${p.id}`, label: t('designer.columns-tab.out', { port: portText(p) }) }]
        : [],
    ),
    ...(kind?.inputs ?? []).flatMap((p) =>
      report.inputs[nodeId]?.[p.id]?.type === 'table'
        ? [{ value: `in:${p.id}`, label: t('designer.columns-tab.in', { port: portText(p) }) }]
        : [],
    ),
  ];
  const current = tables.find((entry) => entry.value === port) ?? tables[0];
  if (!current) return <p className="mr-dim">{t('designer.columns-tab.none')}</p>;
  const [side, id] = [current.value.slice(0, current.value.indexOf(':')), current.value.slice(current.value.indexOf(':') + 1)];
  const schema = (side === 'out' ? report.outputs : report.inputs)[nodeId]?.[id];
  if (schema?.type !== 'table') return null;
  return (
    <div className="mr-columns-tab">
      {tables.length > 1 ? (
        <Select aria-label={t('designer.columns-tab.port')} value={current.value} options={tables} onChange={setPort} />
      ) : null}
      <ColumnList node={nodeId} port={side === 'out' ? id : undefined} schema={schema.schema} />
    </div>
  );
}

function ColumnList({ node, port, schema }: { node: string; port: string | undefined; schema: TableSchema }) {
  const t = useText();
  const digest = usePortDigest(node, port ?? '');
  const summary = useSummary(port ? digest : undefined);
  const byName = new Map(summary?.map((c) => [c.name, c]));
  return (
    <table className="mr-table is-dense">
      <thead>
        <tr>
          <th>{t('designer.columns-tab.column', { count: schema.columns.length })}</th>
          <th>{t('designer.columns-tab.type')}</th>
          <th>
            <span className="mr-hidden">{t('designer.columns-tab.shape')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schema.columns.slice(0, 300).map((c) => {
          const seen = byName.get(c.name);
          return (
            <tr key={c.name}>
              <td className="mr-column-name mr-ellipsis" title={c.name}>
                {c.name}
              </td>
              <td className="mr-dim">
                {c.role === 'feature'
                  ? t(`designer.type.${c.type}`)
                  : t('designer.columns-tab.role', { type: t(`designer.type.${c.type}`), role: t(`designer.role.${c.role}`) })}
              </td>
              <td>
                {seen?.histogram ? (
                  <SparkBars counts={seen.histogram} tone="number" width={48} height={14} />
                ) : seen?.top ? (
                  <SparkBars counts={seen.top.slice(0, 6).map((v) => v.count)} tone="category" width={48} height={14} />
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
