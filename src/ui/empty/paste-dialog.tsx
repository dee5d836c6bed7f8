/** Data pasted as text — from a spreadsheet or a file — becomes a file in the workspace. */
import { useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { Modal } from '../kit/modal.tsx';
import { importBytes } from '../state/import-data.ts';
import { useSession } from '../state/session.ts';

export function PasteDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const session = useSession();
  const [text, setText] = useState('');
  const take = () => {
    onClose();
    const json = /^\s*[[{]/.test(text);
    void importBytes(session, `${t('designer.paste.name')}.${json ? 'json' : 'csv'}`, new TextEncoder().encode(text));
  };
  return (
    <Modal title={t('designer.paste.title')} onClose={onClose}>
      <div className="mr-modal-scroll">
        <textarea
          className="mr-input mr-area is-code"
          rows={12}
          aria-label={t('designer.paste.title')}
          placeholder={t('designer.paste.placeholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="mr-dim">{t('designer.paste.hint')}</p>
        <Button look="primary" disabled={text.trim() === ''} onClick={take}>
          {t('designer.paste.take')}
        </Button>
      </div>
    </Modal>
  );
}
