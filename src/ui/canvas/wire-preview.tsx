/** What travels on a wire: rows, columns, types, missing, a small chart per column — from the summary, or the schema before a run. */
import { useEffect, useState } from 'react';
import type { Wire } from '../../engine/document.ts';
import type { TableSchema } from '../../kind/schema.ts';
import type { ColumnSummary } from '../../table/summary.ts';
import { type Translate, useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { PortMark } from '../kit/port-mark.tsx';
import { SparkBars } from '../kit/spark.tsx';
import { nodeTitle } from '../state/edits.ts';
import { kindOf, portOf } from '../state/kinds.ts';
import { useCheck, useDocument, useRun, useSession } from '../state/session.ts';

const MOST_COLUMNS = 12;

/** Digest of what the port holds now, when it holds something current. */
export function usePortDigest(node: string, port: string): string | undefined {
  const planned = useCheck(({ steps }) => steps.get(node));
  const run = useRun(({ steps }) => steps[node]);
  if (planned?.state === 'reused' && planned.outputs?.[port]) return planned.outputs[port];
  return run?.outputs?.[port]?.digest;
}

export function useSummary(digest: string | undefined): ColumnSummary[] | undefined {
  const { backend } = useSession();
  const [summary, setSummary] = useState<{ digest: string; columns: ColumnSummary[] }>();
  useEffect(() => {
    let stays = true;
    if (digest)
      backend.tableSummary(digest).then(
        (columns) => stays && setSummary({ digest, columns }),
        () => stays && setSummary(undefined),
      );
    return () => {
      stays = false;
    };
  }, [backend, digest]);
  return summary?.digest === digest ? summary?.columns : undefined;
}

const rangeText = (c: ColumnSummary, number: (v: number) => string, date: (v: number) => string, t: Translate): string => {
  if (c.min === undefined || c.max === undefined) return t('designer.preview.values', { count: c.distinct });
  const say = c.type === 'datetime' ? date : number;
  return `${say(c.min)} – ${say(c.max)}`;
};

export function WirePreview({ wire }: { wire: Wire }) {
  const t = useText();
  const format = useFormat();
  const document = useDocument((s) => s.document);
  const schema = useCheck(({ report }) => report.outputs[wire.from.node]?.[wire.from.port]);
  const run = useRun(({ steps }) => steps[wire.from.node]?.outputs?.[wire.from.port]);
  const port = portOf(kindOf(document.nodes[wire.from.node]?.kind ?? ''), 'out', wire.from.port);
  const digest = usePortDigest(wire.from.node, wire.from.port);
  const summary = useSummary(port?.type === 'table' ? digest : undefined);
  const from = document.nodes[wire.from.node];
  const to = document.nodes[wire.to.node];
  if (!from || !to || !port) return null;
  const rows = summary?.[0]?.count ?? run?.rows;
  const missing = summary?.reduce((sum, c) => sum + c.missing, 0);
  const table: TableSchema | undefined = schema?.type === 'table' ? schema.schema : undefined;
  const count = summary?.length ?? table?.columns.length;
  const facts = [
    rows === undefined ? undefined : t('designer.preview.rows', { count: rows }),
    count === undefined ? undefined : t('designer.preview.columns', { count }),
    missing === undefined ? undefined : t('designer.preview.missing', { count: missing }),
    run ? format.bytes(run.bytes) : undefined,
  ].filter(Boolean);
  return (
    <div className="mr-preview">
      <header>
        <PortMark type={port.type} filled />
        <strong className="mr-ellipsis">{t('designer.preview.title', { from: nodeTitle(from), to: nodeTitle(to) })}</strong>
      </header>
      <p className="mr-dim">{facts.length > 0 ? facts.join(' · ') : t('designer.preview.not-run')}</p>
      {port.type === 'table' ? (
        <table className="mr-preview-table">
          <tbody>
            {summary
              ? summary.slice(0, MOST_COLUMNS).map((c) => (
                  <tr key={c.name}>
                    <th scope="row">{c.name}</th>
                    <td className="mr-dim">{t(`designer.type.${c.role === 'target' ? 'target' : c.type}`)}</td>
                    <td className="mr-num">{c.missing > 0 ? <MissingCell missing={c.missing} of={c.count} /> : 0}</td>
                    <td>
                      {c.histogram ? (
                        <SparkBars counts={c.histogram} tone="number" />
                      ) : (
                        <SparkBars counts={(c.top ?? []).slice(0, 6).map((v) => v.count)} tone="category" />
                      )}
                    </td>
                    <td className="mr-num mr-dim">{rangeText(c, format.number, format.date, t)}</td>
                  </tr>
                ))
              : table?.columns.slice(0, MOST_COLUMNS).map((c) => (
                  <tr key={c.name}>
                    <th scope="row">{c.name}</th>
                    <td className="mr-dim">{t(`designer.type.${c.role === 'target' ? 'target' : c.type}`)}</td>
                  </tr>
                ))}
          </tbody>
        </table>
      ) : run ? (
        <p>{wordsText(run.headline)}</p>
      ) : null}
      {(count ?? 0) > MOST_COLUMNS ? <p className="mr-dim">{t('designer.preview.more', { count: (count ?? 0) - MOST_COLUMNS })}</p> : null}
    </div>
  );
}

function MissingCell({ missing, of }: { missing: number; of: number }) {
  const format = useFormat();
  return (
    <>
      <strong>{format.count(missing)}</strong> <span className="mr-dim">{format.percent(missing / Math.max(1, of))}</span>
    </>
  );
}
