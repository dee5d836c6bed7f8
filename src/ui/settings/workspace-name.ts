/** A workspace's name as it is shown: the one that was made silently has a name in each language. */
import type { WorkspaceInfo } from '../../host/protocol.ts';
import type { Translate } from '../i18n/text.ts';

export const workspaceName = ({ id, name }: Pick<WorkspaceInfo, 'id' | 'name'>, t: Translate): string =>
  id === 'default' ? t('settings.workspaces.default') : name;
