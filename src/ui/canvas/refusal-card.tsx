/** A refused wire, said where it was dropped: why, and buttons for what would help. */
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { FloatAt } from '../kit/float-at.tsx';
import { Icon } from '../kit/icon.tsx';
import type { Refusal } from '../state/panel-store.ts';

export function RefusalCard({ refusal, onClose }: { refusal: Refusal; onClose: () => void }) {
  const t = useText();
  return (
    <FloatAt at={refusal.at} label={t('designer.refused.title')} onClose={onClose} className="mr-refusal" takeFocus>
      <p>
        <Icon name="needs-input" /> {refusal.message}
      </p>
      <div className="mr-refusal-fixes">
        {refusal.fixes.map((fix) => (
          <Button
            key={fix.id}
            onClick={() => {
              onClose();
              fix.run();
            }}
          >
            {fix.label}
          </Button>
        ))}
        <Button look="subtle" onClick={onClose}>
          {t('designer.refused.leave')}
        </Button>
      </div>
    </FloatAt>
  );
}
