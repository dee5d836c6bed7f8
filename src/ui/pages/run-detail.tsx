/** One run: every step with why it ran or did not, how long it took and what came out; where it ran; its log; open as it was. */
import { Fragment } from 'react';
import { judgingStep } from '../../engine/run-record.ts';
import type { RunRecord } from '../../registry/records.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button } from '../kit/button.tsx';
import { KindTile } from '../kit/kind-icon.tsx';
import { StateBadge } from '../kit/state-badge.tsx';
import { Facts } from '../results/facts.tsx';
import { MetricName } from '../results/metric-name.tsx';
import { metricNames } from '../results/metric-order.ts';
import { ProblemNote } from '../results/panel.tsx';
import results from '../results/results.module.css';
import { familyOf, kindOf } from '../state/kinds.ts';
import { useSession } from '../state/session.ts';
import { browserName } from './browser-name.ts';
import { MetricTiles } from './metric-tiles.tsx';
import { openAsItWas } from './open-as-was.ts';
import style from './page.module.css';
import { PageFrame, Section } from './page-frame.tsx';
import { RunStatusBadge } from './run-status.tsx';

type Step = RunRecord['steps'][number];

export function RunDetail({ run, home }: { run: RunRecord; home: { label: string; href: string } }) {
  const t = useText();
  const format = useFormat();
  const session = useSession();
  const judged = judgingStep(run.steps);
  const backends = [...new Set(run.steps.flatMap((step) => step.backend ?? []))].sort();
  const logged = run.steps.filter((step) => (step.log?.length ?? 0) > 0);
  return (
    <PageFrame
      trail={[home, { label: t('pages.runs.number', { number: run.number }) }]}
      beside={<RunStatusBadge status={run.status} />}
      actions={
        <Button look="primary" icon="designer" onClick={() => openAsItWas(session, run)}>
          {t('pages.runs.openAsWas')}
        </Button>
      }
    >
      <div className={style.two}>
        <div className={style.body}>
          <p className={style.lead}>
            <span>{run.pipelineName}</span>
            <span className="mr-dim">
              {format.dateTime(run.startedAt)}
              {run.endedAt === undefined ? '' : ` · ${format.duration(run.endedAt - run.startedAt)}`}
            </span>
          </p>
          {run.problem ? <ProblemNote problem={run.problem} /> : null}
          {judged?.metrics ? <MetricTiles metrics={judged.metrics} /> : null}
          <Section title={t('pages.runs.steps')} aside={t('pages.runs.stepsAside', { count: run.steps.length })}>
            <table className={style.list}>
              <thead>
                <tr>
                  <th>{t('pages.runs.step')}</th>
                  <th>{t('pages.runs.statusTitle')}</th>
                  <th className={style.wide}>{t('pages.runs.why')}</th>
                  <th>{t('pages.runs.result')}</th>
                  <th className="mr-num">{t('pages.runs.duration')}</th>
                </tr>
              </thead>
              <tbody>
                {run.steps.map((step) => (
                  <StepRow key={step.node} step={step} />
                ))}
              </tbody>
            </table>
          </Section>
          {logged.length > 0 ? (
            <Section title={t('pages.runs.log')}>
              {logged.map((step) => (
                <div key={step.node}>
                  <h3>{wordsText(step.title)}</h3>
                  <pre className={results.log}>{step.log?.map(wordsText).join('\n')}</pre>
                </div>
              ))}
            </Section>
          ) : null}
        </div>
        <aside className={style.aside}>
          <Section title={t('pages.runs.environment')}>
            <Facts
              wide
              items={[
                { name: t('pages.runs.app'), value: run.environment.app },
                { name: t('pages.runs.kernels'), value: run.environment.kernels },
                { name: t('pages.runs.where'), value: browserName(run.environment.browser) },
                { name: t('pages.runs.backend'), value: backends.map((backend) => backend.toUpperCase()).join(', ') || '–' },
                { name: t('pages.runs.workers'), value: format.count(run.environment.workers) },
              ]}
            />
          </Section>
          {run.steps
            .filter((step) => step.metrics && step !== judged && Object.keys(step.metrics).length > 0)
            .map((step) => (
              <Section key={step.node} title={wordsText(step.title)}>
                <Facts
                  wide
                  items={metricNames(step.metrics ?? {}).map((name) => ({
                    key: name,
                    name: <MetricName name={name} />,
                    value: format.metric(step.metrics?.[name] ?? Number.NaN),
                  }))}
                />
              </Section>
            ))}
        </aside>
      </div>
    </PageFrame>
  );
}

function StepRow({ step }: { step: Step }) {
  const t = useText();
  const format = useFormat();
  const kind = kindOf(step.kind);
  return (
    <Fragment>
      <tr>
        <td>
          <span className={style.named}>
            {kind ? <KindTile icon={kind.icon} family={familyOf(kind)} size={20} /> : null}
            {wordsText(step.title)}
          </span>
        </td>
        <td>
          <StateBadge state={step.state} />
        </td>
        <td className={`mr-dim ${style.wide}`}>{step.state === 'reused' ? t('pages.runs.unchanged') : wordsText(step.reason)}</td>
        <td>{wordsText(step.headline ?? '')}</td>
        <td className="mr-num">{step.ms === undefined ? '' : format.duration(step.ms)}</td>
      </tr>
      {step.problem ? (
        <tr>
          <td colSpan={5}>
            <ProblemNote problem={step.problem} />
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}
