/** A file or registry row that a node made: what it is, where it is kept, its certificate when it is a model, the download. */

import type { Words } from '../../base/words.ts';
import { saveFile } from '../../host/save-file.ts';
import { lookUp, useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Digest } from '../kit/digest.tsx';
import { useBackend } from '../state/backend.tsx';
import { go } from '../state/route.ts';
import { CertificateCard } from './certificate-card.tsx';
import { certificateOf, plainFacts } from './certificate-of.ts';
import { Facts } from './facts.tsx';
import { Panel, Panels, ProblemNote, Waiting } from './panel.tsx';
import { useAnswer } from './use-answer.ts';

/** Said by the title, the button or the certificate already. */
const SAID_ELSEWHERE = new Set(['type', 'headline', 'name', 'version']);
const PAGE_OF: Record<string, string> = { model: 'models', dataset: 'data' };

export function ArtefactView({ digest }: { digest: string }) {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const { value, problem } = useAnswer(`artefact ${digest}`, () => backend.artefact(digest));
  if (problem) return <ProblemNote problem={problem} />;
  if (!value) return <Waiting />;
  const { about, size } = value;
  const certificate = certificateOf(about);
  const page = PAGE_OF[String(about.type)];
  const download = async () => saveFile(value.name, await backend.artefactBytes(digest), value.mime);
  const shown = (fact: Words | number | boolean) =>
    typeof fact === 'number' ? format.number(fact) : typeof fact === 'boolean' ? t(fact ? 'results.yes' : 'results.no') : wordsText(fact);
  return (
    <Panels>
      <Panel
        title={page ? t('pages.nameVersion', { name: about.name, version: about.version }) : value.name}
        aside={page ? undefined : format.bytes(size)}
        width={360}
      >
        <div>
          {page ? (
            <Button icon={page === 'data' ? 'data' : 'models'} onClick={() => go(page, String(about.name), String(about.version))}>
              {t(`results.openIn.${page}`)}
            </Button>
          ) : (
            <Button icon="download" onClick={download}>
              {t('results.download', { size: format.bytes(size) })}
            </Button>
          )}
        </div>
        <Facts
          wide
          items={plainFacts(about)
            .filter(([key]) => !SAID_ELSEWHERE.has(key))
            .map(([key, fact]) => ({
              key,
              name: lookUp('results', 'about', key) ?? key,
              value: key.toLowerCase().includes('digest') ? <Digest of={String(fact)} /> : shown(fact),
            }))}
        />
      </Panel>
      {certificate ? (
        <Panel>
          <CertificateCard certificate={certificate} file={page ? undefined : value.name} />
        </Panel>
      ) : null}
    </Panels>
  );
}
