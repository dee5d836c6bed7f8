/** The name of a learner by the kind id that a registered model keeps; the id itself when this app does not know it. */
import { kindText } from '../i18n/kind-text.ts';
import { kindOf } from '../state/kinds.ts';

export function learnerTitle(id: string): string {
  const kind = kindOf(id);
  return kind ? kindText(kind, 'title') : id;
}
