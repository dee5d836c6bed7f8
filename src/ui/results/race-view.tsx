/** AutoML's race after it ran: the same pictures as while it ran, by any metric; trials can be made the node's model or opened as nodes. */
import { useMemo, useState } from 'react';
import type { ModelResult, Race, RaceRow } from '../../recipe/results.ts';
import { useText } from '../i18n/text.ts';
import { wordsText } from '../i18n/words-text.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Select } from '../kit/select.tsx';
import { setParam } from '../state/edits.ts';
import { useNode, useRun, useSession } from '../state/session.ts';
import { explainTrial } from './explain-trial.ts';
import { useMetricName } from './metric-name.tsx';
import { metricNames } from './metric-order.ts';
import { nodesFromModel, nodesFromTrial, type Opened } from './nodes-from-trial.ts';
import { Panel, Panels } from './panel.tsx';
import { RaceBoard } from './race-board.tsx';
import { BestOverTime, Lanes } from './race-charts.tsx';
import { byMetric, togetherLine } from './race-lines.ts';
import style from './race-view.module.css';

interface Props {
  race: Race;
  /** Models of the results whose charts there are: the chosen one first, then trials by their names. */
  models: readonly ModelResult[];
  nodeId: string;
  /** Shows the charts of a model, by its place. */
  onModel: (place: number) => void;
}

export function RaceView({ race, models, nodeId, onModel }: Props) {
  const t = useText();
  const metricName = useMetricName();
  const session = useSession();
  const [metric, setMetric] = useState(race.metric);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => ({ metric, rows: byMetric(race, metric) }), [race, metric]);
  /** Without anything kept there is nothing to mark: forecasts are weighed per series. */
  const keeps = race.rows.some(({ kept }) => kept === true);
  const ended = race.rows.filter(({ state }) => state === 'complete').length;
  const together = useMemo(() => togetherLine(race, models), [race, models]);
  /** A trial of the model learns further where it has time. */
  const cut = race.rows.some((row) => row.weight > 0 && row.cut === true);
  const places = useMemo(() => new Map(models.map(({ name }, place) => [wordsText(name), place])), [models]);
  const show = (opened: Opened | undefined) => {
    if (!opened || !session.documents.edit(opened.edit)) return;
    session.selection.getState().select({ nodes: [opened.id] });
    requestAnimationFrame(() => session.canvas.port.fit(opened.ids));
  };
  const document = () => session.documents.getState().document;
  const explain = (model: { name: RaceRow['name']; id?: number }) => {
    const made = explainTrial(document(), nodeId, model);
    if (!made || (made.edit && !session.documents.edit(made.edit))) return;
    const [first, ...also] = made.ids;
    session.selection.getState().select({ nodes: [first] });
    requestAnimationFrame(() => session.canvas.port.reveal(first));
    void session.run({ scope: { type: 'to', node: first, also } });
  };
  const mark = (id: number, on: boolean) => setMarked(new Set(on ? [...marked, id] : [...marked].filter((other) => other !== id)));
  return (
    <div className={style.whole}>
      <Panels>
        <Panel
          title={t('results.race.board')}
          aside={t('results.race.trials', { count: race.rows.length, ended })}
          width={keeps ? 810 : 680}
        >
          <div className={style.tools}>
            <Select
              aria-label={t('results.race.rankBy')}
              value={metric}
              options={metricNames(Object.assign({ [race.metric]: 0 }, ...race.rows.map((row) => row.metrics)), race.metric).map(
                (name) => ({
                  value: name,
                  label: t('results.race.by', { metric: metricName(name) }),
                }),
              )}
              onChange={setMetric}
            />
            {keeps ? <Take nodeId={nodeId} marked={marked} taken={() => setMarked(new Set())} /> : null}
          </div>
          <RaceBoard
            metric={metric}
            rows={shown.rows}
            together={together}
            togetherAction={
              together ? (
                <>
                  {keeps ? <ExplainButton name={together.name} onClick={() => explain({ name: together.name })} /> : null}
                  {race.made ? (
                    <IconButton
                      icon="designer"
                      tipSide="after"
                      label={t('results.race.openNamed', {
                        name: wordsText(together.name),
                        how: t(cut ? 'results.race.openCutHelp' : 'results.race.openHelp'),
                      })}
                      onClick={() => show(nodesFromModel(document(), nodeId, race, together.name))}
                    />
                  ) : null}
                </>
              ) : undefined
            }
            costs={shown.rows.some(({ answerMs }) => answerMs !== undefined)}
            look={(name) => places.get(name)}
            onLook={onModel}
            mark={keeps ? { marked, change: mark, can: (row) => row.kept === true } : undefined}
            actions={t('results.race.open')}
            action={(row) => (
              <>
                {row.kept ? <ExplainButton name={row.name} onClick={() => explain(row)} /> : null}
                <IconButton
                  icon="designer"
                  tipSide="after"
                  label={t('results.race.openNamed', {
                    name: wordsText(row.name),
                    how: t(row.cut ? 'results.race.openCutHelp' : 'results.race.openHelp'),
                  })}
                  onClick={() => show(nodesFromTrial(document(), nodeId, race, row))}
                />
              </>
            )}
          />
          {together && race.closed ? <p className={style.said}>{wordsText(race.closed)}</p> : null}
        </Panel>
        <div className={style.pictures}>
          <Panel title={t('results.race.best', { metric: metricName(metric) })} aside={t('results.race.seconds')} width={240}>
            <BestOverTime race={shown} />
          </Panel>
          <Panel title={t('results.race.lanes')} aside={t('results.race.seconds')} width={225}>
            <Lanes race={shown} />
            {race.said && race.said.length > 0 ? (
              <p className={style.said}>
                {t('results.race.byHand')} {race.said.map(wordsText).join(' ')}
              </p>
            ) : null}
          </Panel>
        </div>
      </Panels>
    </div>
  );
}

function ExplainButton({ name, onClick }: { name: RaceRow['name']; onClick: () => void }) {
  const t = useText();
  const running = useRun(({ run }) => run?.status === 'running');
  return (
    <IconButton
      icon="tip"
      tipSide="before"
      label={t('results.race.explain', { name: wordsText(name) })}
      disabled={running}
      onClick={onClick}
    />
  );
}

/** Makes the marked trials the node's model, or gives the choice back to the race; the node runs again without training. */
function Take({ nodeId, marked, taken }: { nodeId: string; marked: ReadonlySet<number>; taken: () => void }) {
  const t = useText();
  const session = useSession();
  const running = useRun(({ run }) => run?.status === 'running');
  const picked = useNode(nodeId)?.params.pick;
  const take = (trials: readonly number[]) => {
    const numbers = trials.map((id) => id + 1).join(' ');
    if (!session.documents.edit(setParam(session.documents.getState().document, nodeId, 'pick', numbers))) return;
    taken();
    void session.run({ scope: { type: 'to', node: nodeId } });
  };
  if (marked.size > 0)
    return (
      <Button look="primary" disabled={running} title={t('results.race.takeHelp')} onClick={() => take([...marked].sort((a, b) => a - b))}>
        {t('results.race.take', { count: marked.size })}
      </Button>
    );
  if (typeof picked !== 'string' || picked === '') return <span className="mr-dim">{t('results.race.markSome')}</span>;
  return (
    <Button disabled={running} onClick={() => take([])}>
      {t('results.race.decides')}
    </Button>
  );
}
