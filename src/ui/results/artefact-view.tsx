/** A file that a node made: what it is, its certificate when it is an ONNX model, and the download. */
import { lookUp, useFormat, useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { useBackend } from '../state/backend.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { certificateOf, plainFacts } from './certificate-of.ts';
import { Facts } from './facts.tsx';
import { Panel, Panels, ProblemNote, Waiting } from './panel.tsx';
import { saveBytes } from './save-bytes.ts';
import { useAnswer } from './use-answer.ts';

export function ArtefactView({ digest }: { digest: string }) {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const { value, problem } = useAnswer(`artefact ${digest}`, () => backend.artefact(digest));
  if (problem) return <ProblemNote problem={problem} />;
  if (!value) return <Waiting />;
  const certificate = certificateOf(value.about);
  const download = async () => saveBytes(value.name, await backend.artefactBytes(digest), value.mime);
  return (
    <Panels>
      <Panel title={value.name} aside={value.size > 0 ? format.bytes(value.size) : undefined} width={360}>
        {value.size > 0 ? (
          <div>
            <Button look="primary" icon="download" onClick={download}>
              {t('results.download', { size: format.bytes(value.size) })}
            </Button>
          </div>
        ) : null}
        <Facts
          wide
          items={plainFacts(value.about).map(([key, fact]) => ({
            key,
            name: lookUp('results', `about.${key}`) ?? key,
            value: typeof fact === 'number' ? format.number(fact) : String(fact),
          }))}
        />
      </Panel>
      {certificate ? (
        <Panel>
          <CertificateCard certificate={certificate} file={value.name} />
        </Panel>
      ) : null}
    </Panels>
  );
}
