/** Settings of the keyboard: every command with its keys, found by name, changed and reset; single keys on or off. */
import { useState } from 'react';
import { useKeymap } from '../commands/keymap.ts';
import { KeysList } from '../commands/keys-list.tsx';
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { Switch } from '../kit/switch.tsx';
import { Section } from '../pages/page-frame.tsx';
import style from './settings.module.css';

export function KeysSection() {
  const t = useText();
  const { own, singles, setSingles, resetAll } = useKeymap();
  const [query, setQuery] = useState('');
  const changed = Object.keys(own).length;
  return (
    <Section title={t('designer.command.keys')}>
      <p>{t('designer.keys.note')}</p>
      <Switch checked={singles} onChange={setSingles} aria-describedby="mr-singles">
        {t('designer.keys.singles')}
      </Switch>
      <p id="mr-singles" className="mr-dim">
        {t('inspect.keys.singles-help')}
      </p>
      <div className={style.keysHead}>
        <div className="mr-form-find">
          <Icon name="search" />
          <input
            type="search"
            className="mr-input"
            aria-label={t('inspect.keys.find')}
            placeholder={t('inspect.keys.find')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
        <Button icon="reset" disabled={changed === 0} onClick={resetAll}>
          {t('inspect.keys.reset-all', { count: changed })}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={style.keys} tabIndex={0} aria-label={t('designer.command.keys')}>
        <KeysList all query={query} />
      </section>
    </Section>
  );
}
