/** On or off, with its words beside it. */
interface Props {
  id?: string;
  checked: boolean;
  /** Neither on nor off: several things differ. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  children?: React.ReactNode;
  'aria-label'?: string;
  'aria-describedby'?: string;
}

export function Switch({ checked, mixed, onChange, children, ...rest }: Props) {
  return (
    <label className={`mr-switch${mixed ? ' is-mixed' : ''}`}>
      <input
        {...rest}
        type="checkbox"
        role="switch"
        aria-checked={mixed ? 'mixed' : checked}
        checked={checked && !mixed}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="mr-switch-track" aria-hidden="true" />
      {children ? <span>{children}</span> : null}
    </label>
  );
}
