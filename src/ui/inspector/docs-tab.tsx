/** The page of a node kind, written from its record: what it does, ports, settings with their other names, whether it exports. */
import type { Kind } from '../../kind/kind.ts';
import { kindText, paramText, portText } from '../i18n/kind-text.ts';
import { useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Chip } from '../kit/chip.tsx';
import { PortMark } from '../kit/port-mark.tsx';
import { useCheck } from '../state/session.ts';

export function DocsTab({ kind, nodeId }: { kind: Kind; nodeId: string }) {
  const t = useText();
  const exportable = useCheck(({ report }) => report.exportable[nodeId]);
  return (
    <div className="mr-docs">
      <p>{kindText(kind, 'summary')}</p>
      {exportable === undefined ? null : exportable === true ? (
        <Chip tone="fresh" icon="check">
          {t('designer.docs.exports')}
        </Chip>
      ) : (
        <p className="mr-field-note">{problemText(exportable).message}</p>
      )}
      {kind.inputs.length + kind.outputs.length > 0 ? (
        <section>
          <h3>{t('designer.docs.ports')}</h3>
          <ul>
            {[
              ...kind.inputs.map((port) => ({ port, side: 'in' as const })),
              ...kind.outputs.map((port) => ({ port, side: 'out' as const })),
            ].map(({ port, side }) => (
              <li key={`${side}${port.id}`}>
                <PortMark type={port.type} filled={side === 'out' || port.required} />
                <span>{t(`designer.port.${side}`, { port: portText(port), type: t(`designer.port-type.${port.type}`) })}</span>
                {side === 'in' ? (
                  <span className="mr-dim">{t(port.required ? 'designer.docs.required' : 'designer.docs.optional')}</span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {Object.keys(kind.params).length > 0 ? (
        <section>
          <h3>{t('designer.inspector.settings')}</h3>
          <dl>
            {Object.entries(kind.params).map(([id, param]) => (
              <div key={id}>
                <dt>
                  {paramText(kind, id, param, 'label')} {param.alias ? <code>{param.alias}</code> : null}
                </dt>
                <dd>{paramText(kind, id, param, 'help')}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      <section>
        <h3>{t('designer.docs.also')}</h3>
        <p className="mr-dim">{kind.synonyms.join(' · ')}</p>
      </section>
      <p className="mr-dim">
        <code>{kind.id}</code> {t('designer.docs.version', { version: kind.version })}
      </p>
    </div>
  );
}
