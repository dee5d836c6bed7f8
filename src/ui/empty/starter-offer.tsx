/** After data came in: its first rows with types, the guessed target with the reason, and buttons that build and run a pipeline. */
import { useState } from 'react';
import { useStore } from 'zustand';
import type { FileRef } from '../../kind/params.ts';
import type { TableSchema } from '../../kind/schema.ts';
import { guessTarget } from '../../recipe/target.ts';
import { guessTime } from '../../table/series/rows.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { nodeTitle } from '../state/edits.ts';
import { sampleKey } from '../state/file-facts.ts';
import { inspectorFloats } from '../state/inspector-floats.ts';
import { useCheck, useDocument, useSession } from '../state/session.ts';
import { STARTER_SECONDS, type StarterAim, starter } from '../state/starter.ts';

const SOURCES = new Set(['data.file-import', 'data.sample', 'data.registered-dataset', 'data.enter']);

/** Stands while the pipeline is one source node and nothing else. */
export function StarterOffer() {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const [dismissed, setDismissed] = useState<string>();
  const [chosen, setChosen] = useState<{ node: string; column: string }>();
  const source = useDocument(({ document }) => {
    const nodes = Object.values(document.nodes);
    return nodes.length === 1 && SOURCES.has(nodes[0].kind) ? nodes[0] : undefined;
  });
  const file = source?.params.file as unknown as FileRef | undefined;
  const sample = source?.kind === 'data.sample' ? String(source.params.sample) : undefined;
  const seen = file?.digest ?? (sample === undefined ? undefined : sampleKey(sample));
  const sniff = useStore(session.files, (s) => (seen === undefined ? undefined : s.files[seen]));
  const output = useCheck(({ report }) => (source ? Object.values(report.outputs[source.id] ?? {})[0] : undefined));
  if (!source || dismissed === source.id) return null;
  const schema: TableSchema | undefined = output?.type === 'table' ? output.schema : undefined;
  const columns = schema?.columns ?? sniff?.columns.map((c) => ({ ...c, role: 'feature' as const })) ?? [];
  const guess = sniff?.target ?? (schema ? guessTarget(schema) : undefined);
  const target = chosen?.node === source.id ? chosen.column : guess?.column;
  const type = columns.find((c) => c.name === target)?.type;
  const rows = sniff?.preview ?? [];
  const time = columns.findIndex(({ name }) => name === guessTime({ columns })?.name);
  // Years that do not come one after the other are a feature, as those of used cars.
  const years = new Set(rows.map((row) => row[time]));
  const dates = time >= 0 && (columns[time].type === 'datetime' || years.size === rows.length);
  const dated = (type === 'number' || type === 'integer') && target !== sniff?.time && (dates || sniff?.time !== undefined);
  const build = (how: StarterAim) => {
    const words = type === 'category' || type === 'boolean' || type === 'text';
    const task = words ? 'classify' : sniff?.target?.column === target ? sniff?.target?.task : undefined;
    const aim = target === undefined ? undefined : { column: target, task };
    const { edit, ids } = starter(
      session.documents.getState().document,
      source.id,
      aim,
      nodeTitle(source),
      how,
      dates ? undefined : sniff?.time,
    );
    session.documents.edit(edit);
    session.selection.getState().select({ nodes: [(how === 'train' ? ids.evaluate : ids.learner) ?? source.id] });
    // The pipeline at work is what there is to see now.
    if (inspectorFloats()) session.panels.getState().set({ inspectorOpen: false });
    requestAnimationFrame(() => session.canvas.port.fit());
    void session.run({ scope: { type: 'all' } });
  };
  return (
    <section className="mr-offer" aria-label={t('designer.offer.title')} data-testid="starter">
      <header>
        <Icon name="tip" />
        <strong>
          {sniff ? t('designer.offer.seen', { rows: sniff.rowEstimate, columns: columns.length }) : t('designer.offer.title')}
        </strong>
        {file ? <span className="mr-dim">{format.bytes(file.size)}</span> : null}
        <IconButton icon="close" label={t('designer.offer.dismiss')} onClick={() => setDismissed(source.id)} />
      </header>
      {rows.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="mr-offer-table" tabIndex={0} aria-label={t('designer.offer.rows')}>
          <table className="mr-table is-dense">
            <thead>
              <tr>
                {columns.map((c) => (
                  <th
                    key={c.name}
                    className={`${c.type === 'number' || c.type === 'integer' ? 'mr-num' : ''}${c.name === target ? ' is-target' : ''}`}
                  >
                    {c.name}
                    <small>{c.role === 'id' ? t('designer.role.id') : t(`designer.type.${c.name === target ? 'target' : c.type}`)}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, 5).map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: preview rows have no identity but their place
                <tr key={i}>
                  {columns.map((c, j) => (
                    <td
                      key={c.name}
                      className={`${c.type === 'number' || c.type === 'integer' ? 'mr-num' : ''}${c.name === target ? ' is-target' : ''}`}
                    >
                      {row[j] ?? '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      <div className="mr-offer-row">
        <label htmlFor="mr-offer-target">{t('designer.offer.predict')}</label>
        <span className="mr-select-box">
          <select
            id="mr-offer-target"
            className="mr-input mr-select"
            value={target ?? ''}
            onChange={(event) => setChosen({ node: source.id, column: event.target.value })}
          >
            {target === undefined ? <option value="">{t('designer.form.choose-column')}</option> : null}
            {columns.map((c) => (
              <option key={c.name} value={c.name}>
                {c.name}
              </option>
            ))}
          </select>
        </span>
        {guess && target === guess.column ? (
          <span className="mr-dim">{t('designer.offer.because', { reason: wordsText(guess.reason) })}</span>
        ) : null}
        <div className="mr-offer-builds">
          {dated ? (
            <Button onClick={() => build('forecast')} data-testid="build-forecast">
              {t('designer.offer.forecast', { seconds: STARTER_SECONDS })}
            </Button>
          ) : null}
          <Button disabled={target === undefined} onClick={() => build('race')} data-testid="build-race">
            {t('designer.offer.race', { seconds: STARTER_SECONDS })}
          </Button>
          <Button look="primary" icon="play" disabled={target === undefined} onClick={() => build('train')} data-testid="build-starter">
            {t('designer.offer.build')}
          </Button>
        </div>
      </div>
    </section>
  );
}
