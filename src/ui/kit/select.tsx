/** A native select in our look: opens on touch and by keyboard as the system does. */
interface Props {
  id?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  'aria-label'?: string;
  'aria-describedby'?: string;
  disabled?: boolean;
}

export function Select({ options, onChange, ...rest }: Props) {
  return (
    <span className="mr-select-box">
      <select {...rest} className="mr-input mr-select" onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
