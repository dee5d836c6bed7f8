/** While things are moved by keys: which keys do what, at the foot of the canvas. */
import { keyLabel } from '../commands/keymap.ts';
import { useText } from '../i18n/text.ts';
import { Key } from '../kit/chip.tsx';
import { useMoving } from './moving.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map(keyLabel).join(' ');

export function MoveHint() {
  const t = useText();
  const now = useMoving((s) => s.byKeys);
  if (!now) return null;
  return (
    <div className="mr-preview-bar mr-move-hint">
      <strong>{t('canvas.move.moving', { count: now.count })}</strong>
      <span>
        <Key>{ARROWS}</Key> {t('canvas.move.near')}
      </span>
      <span>
        <Key>{keyLabel('Shift')}</Key> {t('canvas.move.far')}
      </span>
      <span>
        <Key>{keyLabel('Enter')}</Key> {t('canvas.move.keeps')}
      </span>
      <span>
        <Key>{keyLabel('Escape')}</Key> {t('canvas.move.puts-back')}
      </span>
      <span className="mr-num">{t('canvas.move.by', { x: now.by.x, y: now.by.y })}</span>
    </div>
  );
}
