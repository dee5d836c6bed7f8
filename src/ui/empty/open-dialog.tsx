/** Open another pipeline: those in the workspace, or a file. */
import { useEffect, useRef, useState } from 'react';
import { type Problem, toProblem } from '../../base/problem.ts';
import type { PipelineDocument } from '../../engine/document.ts';
import { parseDocument } from '../../engine/parse-document.ts';
import type { PipelineRecord } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { Button } from '../kit/button.tsx';
import { Modal } from '../kit/modal.tsx';
import { ProblemNote } from '../results/panel.tsx';
import { kindsById } from '../state/kinds.ts';
import { newPipelineId } from '../state/open-first.ts';
import { useSession } from '../state/session.ts';
import { Thumb } from './thumb.tsx';

export function OpenDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const [records, setRecords] = useState<PipelineRecord[]>([]);
  const [refused, setRefused] = useState<Problem>();
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void session.backend.listPipelines().then(setRecords);
  }, [session]);
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    let document: PipelineDocument;
    try {
      document = parseDocument(text, kindsById);
    } catch (error) {
      const problem = toProblem(error);
      setRefused(problem);
      announce(problemText(problem).message);
      return;
    }
    onClose();
    await session.open({ ...document, id: newPipelineId() });
  };
  return (
    <Modal title={t('designer.command.open')} onClose={onClose} wide>
      <div className="mr-modal-scroll">
        <input ref={picker} type="file" accept=".json" hidden onChange={(event) => void readFile(event.target.files?.[0])} />
        <p>
          <Button icon="browse" onClick={() => picker.current?.click()}>
            {t('designer.open.file')}
          </Button>
        </p>
        {refused ? <ProblemNote problem={refused} /> : null}
        <ul className="mr-recent">
          {records
            .filter((r) => !r.deletedAt)
            .sort((a, b) => b.updatedAt - a.updatedAt)
            .map((record) => {
              const document = JSON.parse(record.document) as PipelineDocument;
              return (
                <li key={record.id}>
                  <button
                    type="button"
                    className="mr-recent-row"
                    onClick={() => {
                      onClose();
                      void session.openStored(record.id);
                    }}
                  >
                    <Thumb document={document} />
                    <strong className="mr-ellipsis">{record.name}</strong>
                    <span>{t('designer.empty.nodes', { count: record.nodeCount })}</span>
                    <span>{wordsText(record.headline ?? '')}</span>
                    <span className="mr-dim">{format.ago(record.updatedAt, Date.now())}</span>
                  </button>
                </li>
              );
            })}
        </ul>
      </div>
    </Modal>
  );
}
