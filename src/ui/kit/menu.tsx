/** A menu made from a list of items; a disabled item says why under its name. */
import { Menu as FluentMenu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Fragment, type ReactElement } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  keys?: string;
  checked?: boolean;
  /** Why it cannot be used now. */
  disabledBecause?: string;
  /** A line above this entry. */
  divided?: boolean;
  run: () => void;
}

export function MenuItems({ entries }: { entries: readonly MenuEntry[] }) {
  return (
    <MenuList>
      {entries.map((entry) => (
        <Fragment key={entry.id}>
          {entry.divided ? <MenuDivider /> : null}
          <MenuItem
            disabled={entry.disabledBecause !== undefined}
            icon={entry.checked ? <Icon name="check" /> : entry.icon ? <Icon name={entry.icon} /> : undefined}
            secondaryContent={entry.keys}
            onClick={entry.run}
            className="mr-menu-item"
          >
            {entry.label}
            {entry.disabledBecause ? <span className="mr-menu-why">{entry.disabledBecause}</span> : null}
          </MenuItem>
        </Fragment>
      ))}
    </MenuList>
  );
}

export function Menu({ entries, children }: { entries: readonly MenuEntry[]; children: ReactElement }) {
  return (
    <FluentMenu hasIcons positioning={{ autoSize: true, offset: 4 }}>
      <MenuTrigger disableButtonEnhancement>{children as ReactElement<never>}</MenuTrigger>
      <MenuPopover className="mr-menu">
        <MenuItems entries={entries} />
      </MenuPopover>
    </FluentMenu>
  );
}

/** A menu at a point of the window (right click, long press). */
export function MenuAt({ at, entries, onClose }: { at: { x: number; y: number }; entries: readonly MenuEntry[]; onClose: () => void }) {
  const target = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <FluentMenu
      hasIcons
      open
      onOpenChange={(_event, data) => !data.open && onClose()}
      positioning={{ target, position: 'below', align: 'start' }}
    >
      <MenuPopover className="mr-menu">
        <MenuItems entries={entries} />
      </MenuPopover>
    </FluentMenu>
  );
}
