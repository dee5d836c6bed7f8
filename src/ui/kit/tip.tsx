/** A tooltip that repeats or explains a control; never the only place of a needed text. */
import { Tooltip } from '@fluentui/react-components';
import type { ReactElement } from 'react';

export type TipSide = 'below' | 'before' | 'after';

interface Props {
  text: string;
  children: ReactElement;
  explains?: boolean;
  /** Where it covers no other control: in rows of a table not below. */
  side?: TipSide;
}

export function Tip({ text, children, explains, side = 'below' }: Props) {
  return (
    <Tooltip
      content={text}
      relationship={explains ? 'description' : 'inaccessible'}
      withArrow={false}
      positioning={{ position: side, offset: 4 }}
    >
      {children as ReactElement<never>}
    </Tooltip>
  );
}
