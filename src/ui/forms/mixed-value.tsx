/** A setting in which the chosen nodes differ and that no single control can show: all of them may take the value of one. */
import { canonical, type Json } from '../../base/json.ts';
import { useText } from '../i18n/text.ts';
import { Select } from '../kit/select.tsx';
import { nodeTitle } from '../state/edits.ts';
import { valuesOf } from '../state/kinds.ts';
import { useDocument } from '../state/session.ts';
import { useForm } from './form-context.ts';

export function MixedValue({ id, name, label }: { id: string; name: string; label: string }) {
  const t = useText();
  const form = useForm();
  const document = useDocument((s) => s.document);
  const nodes = form.nodes.flatMap((node) => document.nodes[node] ?? []);
  const titles = nodes.map(nodeTitle);
  const firsts = nodes.filter((node, i) => {
    const text = canonical(valuesOf(node, form.kind)[name] ?? null);
    return nodes.findIndex((other) => canonical(valuesOf(other, form.kind)[name] ?? null) === text) === i;
  });
  const options = firsts.map((node) => {
    const title = nodeTitle(node);
    return {
      value: node.id,
      label: t('inspect.take-from', { title: titles.filter((other) => other === title).length > 1 ? `${title} (${node.id})` : title }),
    };
  });
  return (
    <Select
      id={id}
      aria-label={label}
      value=""
      options={[{ value: '', label: t('inspect.mixed') }, ...options]}
      onChange={(from) => {
        const node = document.nodes[from];
        if (node) form.set(name, valuesOf(node, form.kind)[name] as Json);
      }}
    />
  );
}
