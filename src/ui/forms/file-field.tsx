/** The file of a source: name and size, replace by browsing or dropping, and what was seen in it with the evidence. */
import { useState } from 'react';
import type { Json } from '../../base/json.ts';
import { ProblemError, toProblem } from '../../base/problem.ts';
import type { FileParam, FileRef } from '../../kind/params.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Switch } from '../kit/switch.tsx';
import { droppedFiles } from '../state/import-data.ts';
import { useSession } from '../state/session.ts';
import { useForm } from './form-context.ts';
import { useReading } from './use-reading.ts';

/** Delimiters that cannot be seen. */
const NAMED: Record<string, string> = { '\t': 'tab', ' ': 'spaces', '': 'no-delimiter' };

interface Props {
  param: FileParam;
  value: FileRef | null;
  onChange: (value: Json) => void;
  id: string;
  describedBy: string;
}

/** `UTF-8`, `Windows-1252`: as people write them. */
const encodingName = (label: string) => (label.startsWith('utf') ? label.toUpperCase() : label.charAt(0).toUpperCase() + label.slice(1));

export function FileField({ param, value, onChange, id, describedBy }: Props) {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const seen = useReading(useForm().nodes, value);
  const disk = session.backend.files;
  const set = (ref: FileRef) => onChange(ref as unknown as Json);
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      session.panels.getState().set({ importProblem: toProblem(error) });
    }
    setBusy(false);
  };
  /** With `linked` the file is read again from disk on each run, where the browser gave a way back to it. */
  const take = async (file: File, linked: boolean) => {
    const refusal = await session.room.refusal(file.name, file.size);
    if (refusal) throw new ProblemError(refusal);
    const { ref, sniff } = await session.backend.importFile(file.name, new Uint8Array(await file.arrayBuffer()));
    disk?.remember(file, ref.digest);
    session.files.keep(ref, sniff);
    const handle = linked ? await disk?.keep(ref.digest) : undefined;
    set({ ...ref, ...(handle ? { handle } : {}) });
  };
  const read = (file: File | undefined) => {
    if (file) void guarded(() => take(file, value?.handle !== undefined));
  };
  const link = (wanted: boolean) =>
    guarded(async () => {
      if (!value) return;
      const { handle: _old, ...copy } = value;
      if (!wanted) return set(copy);
      const handle = await disk?.keep(value.digest);
      if (handle) return set({ ...copy, handle });
      // A file that came without a way back has to be shown once more.
      const file = await disk?.pick(param.accept);
      if (file) await take(file, true);
    });
  const pick = () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = param.accept.join(',');
    input.addEventListener('change', () => read(input.files?.[0]));
    input.click();
  };
  const dialect = seen?.dialect;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the button does the same
    <div
      className="mr-file"
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        read(droppedFiles(session, event.dataTransfer)[0]);
      }}
    >
      <div className="mr-file-row">
        <span className="mr-ellipsis">{value ? value.name : t('designer.file.none')}</span>
        {value ? <span className="mr-dim">{format.bytes(value.size)}</span> : null}
        <Button id={id} aria-describedby={describedBy} icon="browse" disabled={busy} onClick={pick}>
          {value ? t('designer.file.replace') : t('designer.file.browse')}
        </Button>
      </div>
      {value && !value.url && (disk || value.handle) ? (
        <div className="mr-file-link">
          <Switch checked={value.handle !== undefined} onChange={(wanted) => void link(wanted)} aria-describedby={`${id}-link`}>
            {t('settings.file.reread')}
          </Switch>
          <p id={`${id}-link`} className="mr-dim">
            {value.handle ? t('settings.file.rereadHelp') : ''}
          </p>
        </div>
      ) : null}
      {dialect ? (
        <p className="mr-dim">
          {t(dialect.header ? 'designer.file.dialect' : 'designer.file.dialect-bare', {
            delimiter: Object.hasOwn(NAMED, dialect.delimiter) ? t(`designer.file.${NAMED[dialect.delimiter]}`) : dialect.delimiter,
            encoding: encodingName(dialect.encoding),
            decimal: dialect.decimal,
          })}
        </p>
      ) : null}
      {seen && seen.columns.length > 0 ? (
        <details>
          <summary>{t('designer.file.evidence', { count: seen.columns.length })}</summary>
          <ul className="mr-evidence">
            {seen.columns.map((c) => (
              <li key={c.name}>
                <strong className="mr-ellipsis">{c.name}</strong> {t(`designer.type.${c.type}`)}{' '}
                <span className="mr-dim">{wordsText(c.evidence)}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
