/** The guardrails of AutoML: each check with what it found, the rows and columns concerned, and a button that puts the fix on the canvas. */
import { problem } from '../../base/problem.ts';
import type { Guard } from '../../recipe/guard.ts';
import { useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { canDoFix, doneFix, fixProblem } from '../problems/fix-problem.ts';
import { showRows } from '../problems/show-rows.ts';
import { useDocument, useSession } from '../state/session.ts';
import style from './guards-view.module.css';
import { Panel, Panels } from './panel.tsx';

const ORDER = { alerted: 0, fixed: 1, passed: 2 } as const;
const ICONS = { alerted: 'warning', fixed: 'edit', passed: 'fresh' } as const;
/** So many columns are named; the others are counted. */
const NAMED = 12;

export function GuardsView({ guards, nodeId }: { guards: readonly Guard[]; nodeId: string }) {
  const t = useText();
  const count = (state: Guard['state']) => guards.filter((guard) => guard.state === state).length;
  return (
    <Panels>
      <Panel
        title={t('results.guards.title')}
        aside={t('results.guards.counts', { alerted: count('alerted'), fixed: count('fixed'), passed: count('passed') })}
      >
        <table className={`mr-table is-dense ${style.guards}`}>
          <thead>
            <tr>
              <th>{t('results.guards.state')}</th>
              <th>{t('results.guards.check')}</th>
              <th>{t('results.guards.found')}</th>
              <th>
                <span className="mr-hidden">{t('results.guards.fix')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {guards
              .toSorted((a, b) => ORDER[a.state] - ORDER[b.state])
              .map((guard) => (
                <tr key={guard.check} data-check={guard.check} data-state={guard.state}>
                  <td className={style[guard.state]}>
                    <Icon name={ICONS[guard.state]} size={13} /> {t(`results.guards.${guard.state}`)}
                  </td>
                  <th scope="row" className={style.check}>
                    {t(`results.guards.checks.${guard.check.replaceAll(' ', '-')}`)}
                  </th>
                  <td className={style.said}>
                    {wordsText(guard.said)}{' '}
                    {guard.columns.length > 0 ? (
                      <span className={style.columns}>
                        {guard.columns.slice(0, NAMED).map((name) => (
                          <code key={name}>{name}</code>
                        ))}
                        {guard.columns.length > NAMED ? t('results.guards.more', { count: guard.columns.length - NAMED }) : null}
                      </span>
                    ) : null}
                  </td>
                  <td className={style.buttons}>
                    <Actions guard={guard} nodeId={nodeId} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Panel>
    </Panels>
  );
}

function Actions({ guard, nodeId }: { guard: Guard; nodeId: string }) {
  const t = useText();
  const session = useSession();
  const document = useDocument((state) => state.document);
  const source = Object.values(document.wires).find(({ to }) => to.node === nodeId && to.port === 'table')?.from.node;
  const asked = guard.fix && problem({ code: 'automl.guardrail', at: { node: nodeId }, message: guard.said, hint: '', fix: guard.fix });
  const can = asked !== undefined && canDoFix(document, asked);
  const done = can && doneFix(document, asked);
  return (
    <>
      {guard.rows && source ? (
        <Button look="subtle" icon="table" onClick={() => showRows(session, source, guard.rows ?? [])}>
          {t('results.guards.rows')}
        </Button>
      ) : null}
      {can && guard.fix ? (
        done ? (
          <span className={style.done}>
            <Icon name="check" size={13} /> {t(guard.fix.command === 'add-before' ? 'results.guards.there' : 'results.guards.set')}
          </span>
        ) : (
          <Button
            icon={guard.fix.command === 'add-before' ? 'add' : 'settings'}
            title={t(guard.fix.command === 'add-before' ? 'results.guards.addHelp' : 'results.guards.setHelp')}
            onClick={() => fixProblem(session, asked)}
          >
            {wordsText(guard.fix.label)}
          </Button>
        )
      ) : null}
    </>
  );
}
