/** What changed since the chosen version, in words; each line leads to its place. Restoring it is one step that undo takes back. */
import { useFormat, useText } from '../i18n/text.ts';
import { keptWords, wordsText } from '../i18n/words-text.ts';
import { announce } from '../kit/announcer.tsx';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { useCompare, useDocument, useSession } from '../state/session.ts';
import { differences } from './difference-text.ts';
import { isSame } from './document-diff.ts';
import { NameVersion } from './name-version.tsx';
import { restoreVersion } from './restore-version.ts';

const ICONS = { added: 'add', removed: 'minus', changed: 'edit' } as const;

export function Differences() {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const compared = useCompare((s) => s.compared);
  const now = useDocument((s) => s.document);
  if (!compared) return null;
  const { version, document, diff } = compared;
  const lines = differences(diff, document, now);
  const restore = () => {
    const label =
      version.label === undefined
        ? keptWords('versions.restored', { time: format.dateTime(version.at) })
        : keptWords('versions.restored-named', { label: version.label });
    session.documents.edit(restoreVersion(session.documents.getState().document, document, label));
    session.compare.show(undefined);
    announce(wordsText(label));
  };
  const show = (node: string) => {
    session.selection.getState().select({ nodes: [node] });
    session.canvas.port.reveal(node);
  };
  return (
    <section className="mr-differences" aria-label={t('versions.since')}>
      <h3>{t('versions.since')}</h3>
      <ul>
        {isSame(diff) ? <li className="mr-dim">{t('versions.same')}</li> : null}
        {lines.map((line) => (
          <li key={line.key} className={`mr-diff-${line.what}`}>
            <Icon name={ICONS[line.what]} size={14} />
            <span className="mr-hidden">{t(`versions.mark-${line.what}`)}</span>
            {line.node && now.nodes[line.node] ? (
              <button type="button" onClick={() => show(line.node ?? '')}>
                {line.text}
              </button>
            ) : (
              <span>{line.text}</span>
            )}
          </li>
        ))}
      </ul>
      <footer>
        <Button look="primary" disabled={isSame(diff)} onClick={restore}>
          {t('versions.restore')}
        </Button>
        <NameVersion
          key={version.revision}
          ask={t(version.label === undefined ? 'versions.rename' : 'versions.rename-again')}
          now={version.label ?? ''}
          onName={(label) => session.backend.nameVersion(version.pipeline, version.revision, label)}
        />
        {version.label === undefined ? null : (
          <Button
            look="subtle"
            onClick={() =>
              void session.backend.nameVersion(version.pipeline, version.revision, null).then(() => session.compare.show(undefined))
            }
          >
            {t('versions.forget')}
          </Button>
        )}
      </footer>
    </section>
  );
}
