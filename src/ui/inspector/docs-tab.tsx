/** The page of a node kind, written from its record: what it does, ports, settings with their other names, whether it exports. */
import type { Kind } from '../../kind/kind.ts';
import type { Param } from '../../kind/params.ts';
import { useRange } from '../forms/param-field.tsx';
import { kindText, paramText, portText, wordText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Chip } from '../kit/chip.tsx';
import { PortMark } from '../kit/port-mark.tsx';
import { useCheck } from '../state/session.ts';

/** What a setting is when nobody sets it, and what it may be. */
function useFacts(): (param: Param) => string {
  const t = useText();
  const format = useFormat();
  const range = useRange();
  return (param) => {
    const value = param.default;
    const shown =
      typeof value === 'number'
        ? format.number(value)
        : typeof value === 'boolean'
          ? t(value ? 'inspect.docs.on' : 'inspect.docs.off')
          : param.type === 'choice'
            ? wordText(param.options.find((option) => option.value === value)?.label ?? '')
            : 'auto' in param && value === null
              ? (param.auto ?? '')
              : '';
    const limits = param.type === 'number' || param.type === 'integer' ? range(param) : undefined;
    return [shown ? t('inspect.docs.default', { value: shown }) : '', limits ?? ''].filter(Boolean).join(' · ');
  };
}

export function DocsTab({ kind, nodeId }: { kind: Kind; nodeId: string }) {
  const t = useText();
  const facts = useFacts();
  const does = [
    ...(kind.rows ? [t(`inspect.docs.rows.${kind.rows}`)] : []),
    ...(kind.learns ? [t('inspect.docs.learns')] : []),
    ...(kind.tags?.random ? [t('inspect.docs.random')] : []),
  ];
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
      {does.length > 0 ? (
        <section>
          <h3>{t('inspect.docs.does')}</h3>
          {does.map((line) => (
            <p key={line}>{line}</p>
          ))}
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
                {facts(param) ? <dd className="mr-docs-facts">{facts(param)}</dd> : null}
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
