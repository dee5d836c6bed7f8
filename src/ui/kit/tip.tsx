/** A tooltip that repeats or explains a control; never the only place of a needed text. */
import { Tooltip } from '@fluentui/react-components';
import type { ReactElement } from 'react';

export function Tip({ text, children, explains }: { text: string; children: ReactElement; explains?: boolean }) {
  return (
    <Tooltip
      content={text}
      relationship={explains ? 'description' : 'inaccessible'}
      withArrow={false}
      positioning={{ position: 'below', offset: 4 }}
    >
      {children as ReactElement<never>}
    </Tooltip>
  );
}
