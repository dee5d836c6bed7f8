/** What the list of judged rows is cut to, in words, with the way back and the way on: a Filter node that keeps the same rows. */
import { useEffect, useRef } from 'react';
import { useFormat, useText } from '../i18n/text.ts';
import { announce } from '../kit/announcer.tsx';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import { useSession } from '../state/session.ts';
import { filterFromRows } from './filter-from-rows.ts';
import type { Judged } from './judged.ts';
import style from './judged-rows.module.css';
import { filterParams, type Range, type RowPick } from './picks.ts';
import { type JudgedSource, type NoFilter, namesFor } from './use-judged-source.ts';

interface Props {
  judged: Judged;
  pick: RowPick;
  count: number;
  nodeId: string;
  source: JudgedSource | undefined;
  noFilter: NoFilter | undefined;
}

export function PickLine({ judged, pick, count, nodeId, source, noFilter }: Props) {
  const t = useText();
  const session = useSession();
  const words = usePickWords();
  const { results, binary, threshold, positive, setPick } = judged;
  const title = words(judged, pick);
  const make = () => {
    if (!source) return;
    const params = filterParams(pick, namesFor(source, results, binary ? { at: threshold, positive } : undefined));
    const { document } = session.documents.getState();
    const { edit, id } = filterFromRows(document, { beside: nodeId, table: source.table, model: source.model, params, title });
    if (!session.documents.edit(edit)) return;
    session.selection.getState().select({ nodes: [id] });
    requestAnimationFrame(() => session.canvas.port.reveal(id, true));
  };
  const line = useRef<HTMLDivElement>(null);
  const said = t('inspect.rows.said', { title, count });
  // Whoever chooses by keys hears what they chose; a box on its way says only where it stops.
  useEffect(() => {
    const timer = setTimeout(() => announce(said), 400);
    return () => clearTimeout(timer);
  }, [said]);
  // In a narrow dock the list may stand outside the view when its rows are chosen elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new choice shows its rows
  useEffect(() => {
    line.current?.closest('section')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pick]);
  return (
    <div ref={line} className={style.picked}>
      <Chip tone="accent" onRemove={() => setPick(undefined)} removeLabel={t('inspect.rows.all')}>
        <span className="mr-ellipsis" title={title}>
          {title}
        </span>
        <span className="mr-num">· {count}</span>
      </Chip>
      <Button
        look="subtle"
        icon="filter"
        disabled={noFilter !== undefined || !source}
        title={t(noFilter ? `inspect.rows.no-filter.${noFilter}` : 'inspect.rows.filter-help')}
        onClick={make}
      >
        {t('inspect.rows.filter')}
      </Button>
      {noFilter ? <span className="mr-hidden">{t(`inspect.rows.no-filter.${noFilter}`)}</span> : null}
    </div>
  );
}

/** "Actual died, predicted survived"; "error 20 to 35". */
function usePickWords(): (judged: Judged, pick: RowPick) => string {
  const t = useText();
  const format = useFormat();
  return ({ classes }, pick) => {
    if (pick.type === 'wrong') return t('inspect.rows.wrong');
    if (pick.type === 'cell') return t('inspect.rows.cell', { actual: classes[pick.actual], predicted: classes[pick.predicted] });
    const range = (what: string, [from, to]: Range) =>
      Number.isFinite(to)
        ? t('inspect.rows.range', { what, from: format.number(from), to: format.number(to) })
        : t('inspect.rows.from', { what, from: format.number(from) });
    return (['truth', 'predicted', 'error', 'size'] as const)
      .flatMap((key) => (pick[key] ? [range(t(`inspect.rows.what.${key}`), pick[key])] : []))
      .join(', ');
  };
}
