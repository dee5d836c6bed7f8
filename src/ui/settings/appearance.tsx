/** Theme and language. */
import { language, setLanguage, useText } from '../i18n/text.ts';
import { Section } from '../pages/page-frame.tsx';
import { useTheme } from '../theme/theme-store.ts';
import style from './settings.module.css';

interface Choice {
  id: string;
  label: string;
  checked: boolean;
  choose: () => void;
}

/** A few choices that exclude each other, all in view. */
function Choices({ legend, name, choices }: { legend: string; name: string; choices: readonly Choice[] }) {
  return (
    <fieldset className={style.choices}>
      <legend>{legend}</legend>
      {choices.map(({ id, label, checked, choose }) => (
        <label key={id}>
          <input type="radio" name={name} checked={checked} onChange={choose} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Appearance() {
  const t = useText();
  const choice = useTheme((s) => s.choice);
  const choose = useTheme((s) => s.choose);
  const current = language();
  const languages = [
    ['en', 'English'],
    ['zh', '简体中文'],
  ] as const;
  return (
    <Section title={t('settings.appearance')}>
      <Choices
        legend={t('settings.theme')}
        name="theme"
        choices={(['system', 'light', 'dark'] as const).map((id) => ({
          id,
          label: t(`designer.theme.${id}`),
          checked: choice === id,
          choose: () => choose(id),
        }))}
      />
      <Choices
        legend={t('settings.language')}
        name="language"
        choices={languages.map(([id, label]) => ({ id, label, checked: current === id, choose: () => void setLanguage(id) }))}
      />
    </Section>
  );
}
