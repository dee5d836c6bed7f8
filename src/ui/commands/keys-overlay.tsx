/** `?`: every shortcut from the one list; each can be changed here, single keys can be turned off; the rest is in Settings. */
import { useText } from '../i18n/text.ts';
import { Modal } from '../kit/modal.tsx';
import { Switch } from '../kit/switch.tsx';
import { hashOf } from '../state/route.ts';
import { useKeymap } from './keymap.ts';
import { KeysList } from './keys-list.tsx';

export function KeysOverlay({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { singles, setSingles } = useKeymap();
  return (
    <Modal title={t('designer.command.keys')} onClose={onClose} wide>
      <div className="mr-modal-scroll">
        <KeysList />
        <div className="mr-keys-foot">
          <Switch checked={singles} onChange={setSingles}>
            {t('designer.keys.singles')}
          </Switch>
          <p className="mr-keys-note">
            {t('designer.keys.note')}{' '}
            <a className="mr-link" href={hashOf('settings', 'keys')} onClick={onClose}>
              {t('inspect.keys.all')}
            </a>
          </p>
        </div>
      </div>
    </Modal>
  );
}
