/** A dialog in the middle of the window, closed by Escape or a press beside it; focus stays inside and returns. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../i18n/text.ts';
import { Button } from './button.tsx';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  /** Without a title bar: the content brings its own head (command palette). */
  bare?: boolean;
  children: ReactNode;
}

export function Modal({ title, onClose, wide, bare, children }: Props) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      className={`mr-modal${wide ? ' is-wide' : ''}${bare ? ' is-bare' : ''}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="mr-modal-body">
        {bare ? null : (
          <header>
            <h2>{title}</h2>
            {/* No tooltip: it would take the first Escape for itself. */}
            <Button look="subtle" icon="close" aria-label={t('designer.close')} onClick={onClose} className="mr-icon-button" />
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
