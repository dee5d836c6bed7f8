/** Buttons of one size: primary (one per view), plain, subtle; an icon-only button always has a label, shown as a tooltip. */
import { type ButtonProps, Button as FluentButton } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Tip, type TipSide } from './tip.tsx';

interface Props extends Omit<ButtonProps, 'icon' | 'size' | 'appearance' | 'as' | 'content' | 'type'> {
  look?: 'primary' | 'plain' | 'subtle' | 'danger';
  /** Sends the form that it stands in. */
  type?: 'submit';
  icon?: IconName;
  children?: ReactNode;
}

export function Button({ look = 'plain', icon, className, children, ...rest }: Props) {
  return (
    <FluentButton
      {...(rest as ButtonProps)}
      size="small"
      appearance={look === 'primary' ? 'primary' : look === 'subtle' ? 'subtle' : 'secondary'}
      icon={icon ? <Icon name={icon} /> : undefined}
      className={`mr-button${look === 'danger' ? ' is-danger' : ''}${className ? ` ${className}` : ''}`}
    >
      {children}
    </FluentButton>
  );
}

interface IconButtonProps extends Omit<Props, 'children'> {
  icon: IconName;
  /** Already translated. */
  label: string;
  /** Key hint behind the label: "Ctrl+Z". */
  keys?: string;
  tipSide?: TipSide;
}

export function IconButton({ label, keys, tipSide, look = 'subtle', className, ...rest }: IconButtonProps) {
  return (
    <Tip text={keys ? `${label}  ${keys}` : label} side={tipSide}>
      <Button {...rest} look={look} aria-label={label} className={`mr-icon-button${className ? ` ${className}` : ''}`} />
    </Tip>
  );
}
