/** Move mode: arrows move what is chosen, Enter keeps, Escape puts back exactly. Every other key and a press anywhere keep, too. */
import { translate } from '../i18n/text.ts';
import { announce } from '../kit/announcer.tsx';
import { GRID, type Point } from '../state/node-geometry.ts';
import type { Session } from '../state/session.ts';
import { carried } from './frames.ts';
import { keepPlaces, placesOf, shifted, useMoving } from './moving.ts';

const FAR = 8;
const ARROWS: Record<string, Point> = {
  ArrowUp: { x: 0, y: -GRID },
  ArrowDown: { x: 0, y: GRID },
  ArrowLeft: { x: -GRID, y: 0 },
  ArrowRight: { x: GRID, y: 0 },
};
export type MoveKey = { by: Point } | 'keep' | 'put-back' | 'ignore' | 'keep-and-pass';

/** What a key means in move mode; pure. */
export function moveKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): MoveKey {
  const arrow = ARROWS[key];
  if (arrow) return { by: shiftKey ? { x: arrow.x * FAR, y: arrow.y * FAR } : arrow };
  if (key === 'Escape') return 'put-back';
  if (key === 'Enter' || key === ' ' || key === 'm' || key === 'M') return 'keep';
  return ['Shift', 'Control', 'Alt', 'Meta'].includes(key) ? 'ignore' : 'keep-and-pass';
}

/** Moves the chosen nodes and notes, with what stands in a chosen frame, until it ends. */
export function startMoving(session: Session): void {
  const { nodes, notes } = session.selection.getState();
  const origin = placesOf(session.documents.getState().document, carried(session.documents.getState().document, [...nodes, ...notes]));
  const [first] = origin;
  if (!first || useMoving.getState().byKeys) return;
  let by: Point = { x: 0, y: 0 };
  const show = () => useMoving.setState({ places: shifted(origin, by), byKeys: { count: origin.size, by } });
  const stop = (keep: boolean) => {
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('pointerdown', onPress, true);
    leave();
    if (keep && (by.x !== 0 || by.y !== 0)) keepPlaces(session);
    else useMoving.setState({ places: undefined, byKeys: undefined });
    announce(translate(keep ? 'canvas.move.kept' : 'canvas.move.put-back'));
    if (keep && nodes[0]) session.canvas.port.reveal(nodes[0], true);
  };
  const onKey = (event: KeyboardEvent) => {
    const meant = moveKey(event);
    if (meant === 'ignore') return;
    if (meant !== 'keep-and-pass') {
      event.preventDefault();
      event.stopPropagation();
    }
    if (typeof meant === 'string') {
      stop(meant !== 'put-back');
      return;
    }
    by = { x: by.x + meant.by.x, y: by.y + meant.by.y };
    show();
    announce(translate('designer.say.moved', { x: first[1].x + by.x, y: first[1].y + by.y }));
  };
  const onPress = () => stop(true);
  // Taken back or replaced from elsewhere meanwhile: there is nothing to keep.
  const leave = session.documents.subscribe((state, before) => {
    if (state.document !== before.document) stop(false);
  });
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', onPress, true);
  show();
  announce(translate('canvas.move.started', { count: origin.size }));
}
