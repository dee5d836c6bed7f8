/** A floating panel at a point of the window: kept inside it, closed by Escape or a press outside, focus returned. */
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

interface Props {
  at: { x: number; y: number };
  label: string;
  onClose: () => void;
  className?: string;
  /** Moves focus into the panel on opening. */
  takeFocus?: boolean;
  children: ReactNode;
}

export function FloatAt({ at, label, onClose, className, takeFocus, children }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const box = panel.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({
      x: Math.max(8, Math.min(at.x, window.innerWidth - box.width - 8)),
      y: at.y + box.height + 8 > window.innerHeight ? Math.max(8, at.y - box.height - 12) : at.y,
    });
  }, [at]);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    if (takeFocus)
      (panel.current?.querySelector<HTMLElement>('input, button, [tabindex]') ?? panel.current)?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      if (panel.current && !panel.current.contains(event.target as Node)) close.current();
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close.current();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('keydown', onEscape, true);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('keydown', onEscape, true);
      if (takeFocus && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [takeFocus]);
  const root = document.querySelector('.mr-root') ?? document.body;
  return createPortal(
    <div
      ref={panel}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={`mr-float${className ? ` ${className}` : ''}`}
      style={{ left: place.x, top: place.y }}
    >
      {children}
    </div>,
    root,
  );
}
