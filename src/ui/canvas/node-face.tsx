/** The face of a node, 176 × 64: tile, title, one line that says why, result and state, ports, bar and curve while running. */
import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import { useText } from '../i18n/text.ts';
import { KindTile } from '../kit/kind-icon.tsx';
import { familyOf, kindOf } from '../state/kinds.ts';
import { portXs } from '../state/node-geometry.ts';
import { useCompare, useNode, usePanels, usePreview, useSelection, useView } from '../state/session.ts';
import { changesText } from '../versions/difference-text.ts';
import type { FlowNode } from './flow-items.ts';
import { NodeBadge, WarningBadge } from './node-badge.tsx';
import { NodeDetails } from './node-details.tsx';
import { NodeFoot, partOf } from './node-foot.tsx';
import { PortHandle } from './port-handle.tsx';
import { countRender } from './render-count.ts';
import { TitleEditor } from './title-editor.tsx';

export const NodeFace = memo(function NodeFace({ id, selected }: NodeProps<FlowNode>) {
  countRender('node', id);
  const t = useText();
  const node = useNode(id);
  const view = useView(id);
  const active = useSelection((s) => s.active === id);
  const part = usePreview((preview) => preview && partOf(preview.steps.get(id)));
  const expected = usePreview((preview) => preview?.steps.get(id)?.estimateMs);
  const diff = useCompare((s) => s.compared?.diff.nodes.get(id));
  const renaming = usePanels((p) => p.renaming === id && p.renamingIn === 'canvas');
  const kind = node && kindOf(node.kind);
  if (!node || !view) return null;
  const label = [
    t('designer.node.label', {
      title: view.title,
      state: t(`designer.state.${view.state}`),
      line: view.line,
      result: view.result,
    }),
    view.warnings > 0 ? t('designer.node.warned', { count: view.warnings, warning: view.warning }) : '',
    view.badge === 'leak' ? view.badgeText : '',
  ]
    .filter(Boolean)
    .join('. ');
  const outputs = kind?.outputs ?? [];
  const twins = outputs.length > 1 && new Set(outputs.map((p) => p.type)).size < outputs.length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no node; the group carries its own label
    <div
      role="group"
      aria-roledescription={t('designer.node.role')}
      aria-label={label}
      data-node={id}
      data-state={view.state}
      tabIndex={active ? 0 : -1}
      className={`mr-node is-${view.state}${selected ? ' is-selected' : ''}${part ? ` will-${part}` : ''}${diff ? ` is-diff is-diff-${diff.what}` : ''}`}
      title={(diff?.what === 'changed' ? changesText(diff) : view.explain) || undefined}
    >
      {(kind?.inputs ?? []).map((port, i) => (
        <PortHandle key={port.id} node={id} port={port} side="in" x={portXs(kind?.inputs.length ?? 0)[i]} />
      ))}
      <KindTile icon={kind?.icon ?? ''} family={kind ? familyOf(kind) : 'prepare'} />
      <div className="mr-node-text">
        {renaming ? <TitleEditor id={id} title={view.title} /> : <div className="mr-node-title">{view.title}</div>}
        <div className="mr-node-line">
          <span className="mr-ellipsis">{diff?.what === 'changed' ? changesText(diff) : view.line}</span>
          {view.left ? <span> · {view.left}</span> : null}
        </div>
        <NodeFoot view={view} part={part} ms={expected} diff={diff?.what} />
      </div>
      {view.state === 'running' ? (
        <div className="mr-node-bar">
          <span style={{ width: `${(view.fraction ?? 0) * 100}%` }} />
        </div>
      ) : null}
      {selected ? <NodeDetails node={node} explain={view.explain} /> : null}
      {view.badge || view.warnings > 0 ? (
        <div className={`mr-badges${(kind?.inputs.length ?? 0) > 2 ? ' is-raised' : ''}`}>
          {view.warnings > 0 ? <WarningBadge id={id} count={view.warnings} text={view.warning} /> : null}
          {view.badge ? <NodeBadge id={id} type={view.badge} text={view.badgeText} /> : null}
        </div>
      ) : null}
      {outputs.map((port, i) => (
        <PortHandle key={port.id} node={id} port={port} side="out" x={portXs(outputs.length)[i]} named={twins} />
      ))}
    </div>
  );
});
