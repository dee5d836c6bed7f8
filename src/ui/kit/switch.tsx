/** On or off, with its words beside it. */
interface Props {
  id?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children?: React.ReactNode;
  'aria-label'?: string;
  'aria-describedby'?: string;
}

export function Switch({ checked, onChange, children, ...rest }: Props) {
  return (
    <label className="mr-switch">
      <input
        {...rest}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="mr-switch-track" aria-hidden="true" />
      {children ? <span>{children}</span> : null}
    </label>
  );
}
