/** What the last run of a node left, in short: outputs with size, metrics, notes, why it ran; the dock shows the rest. */
import { portText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText, wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { PortMark } from '../kit/port-mark.tsx';
import { MetricName } from '../results/metric-name.tsx';
import { kindOf } from '../state/kinds.ts';
import { useNode, useRun, useSession } from '../state/session.ts';

export function ResultTab({ nodeId }: { nodeId: string }) {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const node = useNode(nodeId);
  const step = useRun(({ steps }) => steps[nodeId]);
  const kind = kindOf(node?.kind ?? '');
  if (!step?.outputs && !step?.problem) return <p className="mr-dim">{t('designer.result-tab.none')}</p>;
  return (
    <div className="mr-result-tab">
      {step.problem ? <p className="mr-field-problem">{problemText(step.problem).message}</p> : null}
      {Object.entries(step.outputs ?? {}).map(([id, value]) => {
        const port = kind?.outputs.find((p) => p.id === id);
        return (
          <section key={id}>
            <h3>
              {port ? <PortMark type={port.type} filled /> : null}
              {port ? portText(port) : id}
            </h3>
            <p>{[wordsText(value.headline), format.bytes(value.bytes)].filter(Boolean).join(' · ')}</p>
            {value.metrics ? (
              <dl>
                {Object.entries(value.metrics).map(([name, metric]) => (
                  <div key={name}>
                    <dt>
                      <MetricName name={name} />
                    </dt>
                    <dd>{format.metric(metric)}</dd>
                  </div>
                ))}
              </dl>
            ) : null}
          </section>
        );
      })}
      {step.notes.map((note) => (
        <p key={note.code + note.message} className="mr-dim">
          {problemText(note).message}
        </p>
      ))}
      {step.reason ? <p className="mr-dim">{t('designer.result-tab.ran-because', { reason: wordsText(step.reason) })}</p> : null}
      <Button onClick={() => session.panels.getState().set({ dockOpen: true, dockPinned: nodeId })}>{t('designer.result-tab.show')}</Button>
    </div>
  );
}
