/** The Runs pages: the list, one run, and a comparison, told apart by the route. */
import { useText } from '../i18n/text.ts';
import { Button } from '../kit/button.tsx';
import { ProblemNote } from '../results/panel.tsx';
import { useAnswer } from '../results/use-answer.ts';
import { useBackend, useRegistryTick } from '../state/backend.tsx';
import { go, hashOf, useRoute } from '../state/route.ts';
import { EmptyPage, PageFrame } from './page-frame.tsx';
import { RunComparison } from './run-comparison.tsx';
import { RunDetail } from './run-detail.tsx';
import { RunList } from './run-list.tsx';

export function RunsPage() {
  const t = useText();
  const backend = useBackend();
  const tick = useRegistryTick();
  const [, id, ...compared] = useRoute();
  const { value, problem } = useAnswer(`runs ${tick}`, () => backend.listRuns());
  const runs = (value ?? []).filter((run) => run.deletedAt === undefined).sort((a, b) => b.number - a.number);
  const home = { label: t('pages.runs.title'), href: hashOf('runs') };
  if (id === 'compare') {
    const chosen = compared.flatMap((wanted) => runs.filter((run) => run.id === wanted));
    return (
      <PageFrame trail={[home, { label: t('pages.runs.comparing', { count: chosen.length }) }]}>
        {value ? <RunComparison runs={chosen} /> : null}
      </PageFrame>
    );
  }
  const run = runs.find((candidate) => candidate.id === id);
  if (run) return <RunDetail key={run.id} run={run} home={home} />;
  return (
    <PageFrame trail={[{ label: home.label }]}>
      {problem ? <ProblemNote problem={problem} /> : null}
      {value && id ? (
        <EmptyPage title={t('pages.runs.gone')}>{t('pages.runs.goneHint')}</EmptyPage>
      ) : value && runs.length === 0 ? (
        <EmptyPage
          title={t('pages.runs.none')}
          action={
            <Button look="primary" onClick={() => go('designer')}>
              {t('pages.toDesigner')}
            </Button>
          }
        >
          {t('pages.runs.noneHint')}
        </EmptyPage>
      ) : value ? (
        <RunList runs={runs} />
      ) : null}
    </PageFrame>
  );
}
