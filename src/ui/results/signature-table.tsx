/** What a model takes and what it gives: names, types and what was seen in learning. */
import type { ColumnType } from '../../kind/schema.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { cellText } from './cell-text.ts';

interface Input {
  name: string;
  type: ColumnType;
  categories?: readonly string[];
  range?: readonly [number, number];
  /** Share of the rows learned from that had no value. */
  missing?: number;
}
interface Output {
  name: string;
  type: string;
  role: string;
  of?: string;
}

/** More categories than this are counted, not listed. */
const LISTED = 6;

export function SignatureTable({ inputs, outputs }: { inputs: readonly Input[]; outputs: readonly Output[] }) {
  const t = useText();
  const format = useFormat();
  const seen = ({ type, categories, range }: Input) => {
    if (categories) return categories.length > LISTED ? t('results.profile.values', { count: categories.length }) : categories.join(' · ');
    if (range) return range.map((end) => cellText(end, type, format)).join(' – ');
    return '';
  };
  return (
    <table className="mr-table">
      <thead>
        <tr>
          <th>{t('results.signature.input')}</th>
          <th>{t('results.signature.type')}</th>
          <th>{t('results.signature.seen')}</th>
          <th>{t('results.signature.note')}</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <tr key={input.name}>
            <td>
              <strong>{input.name}</strong>
            </td>
            <td>{t(`results.type.${input.type}`)}</td>
            <td>{seen(input)}</td>
            <td className="mr-dim">{input.missing ? t('results.signature.missing', { share: format.percent(input.missing) }) : ''}</td>
          </tr>
        ))}
      </tbody>
      <thead>
        <tr>
          <th>{t('results.signature.output')}</th>
          <th>{t('results.signature.type')}</th>
          <th>{t('results.signature.meaning')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {outputs.map((output) => (
          <tr key={output.name}>
            <td>
              <strong>{output.name}</strong>
            </td>
            <td>{t(`results.type.${output.type}`)}</td>
            <td>
              {t(`results.output.${output.role}`)} {output.of ?? ''}
            </td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
