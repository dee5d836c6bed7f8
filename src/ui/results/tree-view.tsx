/** A decision tree as drawn boxes: the question, the rows that reach it, the class shares or mean; as deep as asked. */
import { useMemo, useState } from 'react';
import type { TreeNode } from '../../recipe/model.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Panel, Panels } from './panel.tsx';
import { layOut, type Placed } from './tree-layout.ts';
import style from './tree-view.module.css';

const WIDTH = 128;
const HEIGHT = 50;
const STEP_X = 140;
const STEP_Y = 78;
const DEPTHS = 12;

export function TreeView({ nodes, classes, target }: { nodes: readonly TreeNode[]; classes?: readonly string[]; target?: string }) {
  const t = useText();
  const [depth, setDepth] = useState(3);
  const layout = useMemo(() => layOut(nodes, depth), [nodes, depth]);
  const at = new Map(layout.placed.map((node) => [node.index, node]));
  const left = (node: Placed) => node.x * STEP_X + 4;
  const top = (node: Placed) => node.depth * STEP_Y + 4;
  return (
    <Panels>
      <Panel
        title={t('results.tree.title', { leaves: nodes.filter((node) => node.left === undefined).length, target: target ?? '' })}
        aside={
          <label className={style.depth}>
            {t('results.tree.depth', { depth })}
            <input
              type="range"
              min={1}
              max={DEPTHS}
              value={depth}
              onChange={(event) => setDepth(Number(event.target.value))}
              aria-valuetext={String(depth)}
            />
          </label>
        }
      >
        <svg
          width={Math.max(1, layout.width) * STEP_X}
          height={(layout.depth + 1) * STEP_Y}
          role="img"
          aria-label={t('results.tree.label', { count: nodes.length })}
          className={style.tree}
        >
          {layout.placed.flatMap((node) =>
            node.children.map((index, side) => {
              const child = at.get(index) as Placed;
              const [x1, y1] = [left(node) + WIDTH / 2, top(node) + HEIGHT];
              const [x2, y2] = [left(child) + WIDTH / 2, top(child)];
              const middle = (y1 + y2) / 2;
              return (
                <g key={index}>
                  <path d={`M${x1} ${y1}V${middle}H${x2}V${y2}`} className={style.branch} />
                  <text x={x2 + (side === 0 ? -6 : 6)} y={y2 - 5} textAnchor={side === 0 ? 'end' : 'start'} className={style.answer}>
                    {t(side === 0 ? 'results.tree.yes' : 'results.tree.no')}
                  </text>
                </g>
              );
            }),
          )}
          {layout.placed.map((node) => (
            <TreeBox key={node.index} node={nodes[node.index]} folded={node.folded} x={left(node)} y={top(node)} classes={classes} />
          ))}
        </svg>
      </Panel>
    </Panels>
  );
}

interface BoxProps {
  node: TreeNode;
  folded: boolean;
  x: number;
  y: number;
  classes?: readonly string[];
}
function TreeBox({ node, folded, x, y, classes }: BoxProps) {
  const t = useText();
  const format = useFormat();
  const question =
    node.feature === undefined
      ? ''
      : node.threshold === undefined
        ? node.feature
        : t('results.tree.question', { feature: node.feature, threshold: format.number(node.threshold) });
  const lead = node.value.indexOf(Math.max(...node.value));
  const answer = classes ? `${classes[lead]} ${format.percent(node.value[lead], 0)}` : format.number(node.value[0]);
  let from = x + 1;
  return (
    <g>
      <title>{[question, answer, t('results.rows', { count: node.rows })].filter(Boolean).join(' · ')}</title>
      <rect x={x} y={y} width={WIDTH} height={HEIGHT} rx={4} className={folded ? style.folded : style.box} />
      <text x={x + 8} y={y + 16} className={style.question}>
        {cut(question || answer)}
      </text>
      <text x={x + 8} y={y + 31} className={style.detail}>
        {cut(question ? `${t('results.rows', { count: node.rows })} · ${answer}` : t('results.rows', { count: node.rows }))}
      </text>
      {classes
        ? node.value.map((share, code) => {
            const start = from;
            from += share * (WIDTH - 2);
            return (
              <rect
                key={classes[code]}
                x={start}
                y={y + HEIGHT - 8}
                width={Math.max(0, share * (WIDTH - 2))}
                height={4}
                fill={`var(--mr-chart-${(code % 6) + 1})`}
              />
            );
          })
        : null}
    </g>
  );
}

const cut = (text: string) => (text.length > 21 ? `${text.slice(0, 20)}…` : text);
