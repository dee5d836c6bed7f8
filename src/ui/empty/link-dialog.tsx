/** Data from an address the person types; nothing is fetched before the button is pressed. */
import { useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Modal } from '../kit/modal.tsx';
import { importUrl } from '../state/import-data.ts';
import { useSession } from '../state/session.ts';

export function LinkDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const [url, setUrl] = useState('');
  const good = /^https:\/\/[^\s]+\.[^\s]+/.test(url.trim());
  const take = () => {
    if (!good) return;
    onClose();
    void importUrl(session, url.trim());
  };
  return (
    <Modal title={t('designer.link.title')} onClose={onClose}>
      <div className="mr-modal-scroll">
        <input
          className="mr-input"
          type="url"
          inputMode="url"
          aria-label={t('designer.link.label')}
          placeholder={t('designer.link.placeholder')}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && take()}
        />
        <p className="mr-dim">{t('designer.link.hint')}</p>
        <Button look="primary" disabled={!good} onClick={take}>
          {t('designer.link.take')}
        </Button>
      </div>
    </Modal>
  );
}
