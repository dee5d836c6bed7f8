/** "What left this machine": the addresses that were read because the person gave them, and nothing else. */
import { useFormat, useText } from '../i18n/text.ts';
import pages from '../pages/page.module.css';
import { Section } from '../pages/page-frame.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend } from '../state/backend.tsx';
import style from './settings.module.css';

export function NetList() {
  const t = useText();
  const format = useFormat();
  const backend = useBackend();
  const { value } = useAnswer('net log', () => backend.netLog());
  const newestFirst = [...(value ?? [])].reverse();
  return (
    <Section title={t('settings.net.title')}>
      <p>{t('settings.net.promise', { host: window.location.host })}</p>
      {newestFirst.length === 0 ? (
        <p className="mr-dim">{t('settings.net.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section className={style.log} tabIndex={0} aria-label={t('settings.net.title')}>
          <table className={pages.list}>
            <thead>
              <tr>
                <th>{t('settings.net.when')}</th>
                <th>{t('settings.net.address')}</th>
                <th>{t('settings.net.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {newestFirst.map((record) => (
                <tr key={`${record.at} ${record.url}`}>
                  <td>{format.dateTime(record.at)}</td>
                  <td className={style.address}>{record.url}</td>
                  <td>
                    {record.outcome === 'ok' ? t('settings.net.read', { bytes: format.bytes(record.bytes) }) : t('settings.net.failed')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  );
}
