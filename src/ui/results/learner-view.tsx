/** An unfitted learner: its settings as they will be used, those that differ from the defaults first. */
import type { Json } from '../../base/json.ts';
import type { DocumentNode } from '../../engine/document.ts';
import type { Param } from '../../kind/params.ts';
import { kindText, optionText, paramText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { kindOf } from '../state/kinds.ts';
import { Facts } from './facts.tsx';
import { Panel, Panels } from './panel.tsx';

export function LearnerView({ node }: { node: DocumentNode }) {
  const t = useText();
  const format = useFormat();
  const kind = kindOf(node.kind);
  if (!kind) return null;
  const write = (id: string, param: Param, value: Json): string => {
    if (value === null) return ('auto' in param && param.auto) || t('results.learner.auto');
    if (param.type === 'choice')
      return optionText(kind, id, param.options.find((o) => o.value === value) ?? { value: '', label: String(value) });
    if (typeof value === 'number') return format.number(value);
    if (typeof value === 'boolean') return t(value ? 'results.yes' : 'results.no');
    if (typeof value === 'string') return value;
    if (param.type === 'columns' && 'all' in (value as object)) return t('results.learner.allColumns');
    return param.type === 'columns' && 'names' in (value as object)
      ? (value as { names: string[] }).names.join(', ')
      : JSON.stringify(value);
  };
  const shown = Object.entries(kind.params).sort(([a], [b]) => Number(b in node.params) - Number(a in node.params));
  return (
    <Panels>
      <Panel title={kindText(kind, 'title')} aside={t('results.learner.unfitted')} width={420}>
        <p>{kindText(kind, 'summary')}</p>
        <Facts
          wide
          items={shown.map(([id, param]) => ({
            key: id,
            name: paramText(kind, id, param, 'label'),
            value: (
              <span className={id in node.params ? undefined : 'mr-dim'}>
                {write(id, param, node.params[id] ?? (param.default as Json))}
              </span>
            ),
          }))}
        />
      </Panel>
    </Panels>
  );
}
