/** While a run button is pointed at: what the canvas shows of that run, in words, above it. */
import { useFormat, useText } from '../i18n/text.ts';
import { Icon } from '../kit/icon.tsx';
import { usePreview } from '../state/session.ts';
import './preview.css';

export function PreviewBar() {
  const t = useText();
  const format = useFormat();
  const total = usePreview((preview) => preview?.total);
  if (!total) return null;
  const { runs, checks, reuses, stuck, ms, unknown } = total;
  const may = runs + checks;
  return (
    <div className="mr-preview-bar" role="status">
      {may === 0 ? <span>{t('canvas.preview.nothing')}</span> : null}
      {runs > 0 ? (
        <span className="is-run">
          <Icon name="play" size={13} />
          {t('canvas.preview.runs', { count: runs })}
        </span>
      ) : null}
      {checks > 0 ? (
        <span className="is-check">
          <Icon name="queued" size={13} />
          {t('canvas.preview.checks', { count: checks })}
        </span>
      ) : null}
      {reuses > 0 ? (
        <span className="is-reuse">
          <Icon name="reused" size={13} />
          {t('canvas.preview.reuses', { count: reuses })}
        </span>
      ) : null}
      {stuck > 0 ? (
        <span className="is-stuck">
          <Icon name="blocked" size={13} />
          {t('canvas.preview.stuck', { count: stuck })}
        </span>
      ) : null}
      {may === 0 ? null : (
        <strong>
          {may === unknown
            ? t('canvas.preview.time-unknown')
            : t(unknown > 0 ? 'canvas.preview.time-part' : checks > 0 ? 'canvas.preview.time-most' : 'canvas.preview.time', {
                time: format.duration(ms >= 1000 ? Math.round(ms / 1000) * 1000 : ms),
                count: unknown,
              })}
        </strong>
      )}
    </div>
  );
}
