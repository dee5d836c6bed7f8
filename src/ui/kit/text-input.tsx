/** Text that commits on blur or Enter and goes back on Escape; the browser's own undo works while typing. */
import { type HTMLAttributes, useEffect, useRef, useState } from 'react';

interface Props extends Pick<HTMLAttributes<HTMLElement>, 'id' | 'aria-describedby' | 'aria-label' | 'className'> {
  value: string;
  onCommit: (value: string) => void;
  placeholder?: string;
  multiline?: boolean;
  code?: boolean;
  rows?: number;
  suffix?: string;
  invalid?: boolean;
  disabled?: boolean;
  inputMode?: 'decimal' | 'numeric' | 'text';
  /** Arrow up and down in a number: the text that stands there afterwards; nothing when it stays. */
  onStep?: (text: string, steps: number) => string | undefined;
}

export function TextInput({ value, onCommit, multiline, code, suffix, invalid, className, rows = 4, onStep, ...rest }: Props) {
  const [draft, setDraft] = useState(value);
  const editing = useRef(false);
  useEffect(() => {
    if (!editing.current) setDraft(value);
  }, [value]);
  const commit = () => {
    editing.current = false;
    if (draft !== value) onCommit(draft);
  };
  const shared = {
    ...rest,
    value: draft,
    spellCheck: false,
    'aria-invalid': invalid || undefined,
    onFocus: () => {
      editing.current = true;
    },
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: commit,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === 'Escape' && draft !== value) {
        setDraft(value);
        event.stopPropagation();
      }
      const steps = (event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0) * (event.shiftKey ? 10 : 1);
      if (steps !== 0 && onStep) {
        event.preventDefault();
        setDraft(onStep(draft, steps) ?? draft);
      }
      const withModifier = event.ctrlKey || event.metaKey;
      if (event.key === 'Enter' && (!multiline || withModifier)) {
        // With a modifier the key goes on: the run that it starts has the new value.
        if (!withModifier) event.preventDefault();
        commit();
      }
    },
  };
  if (multiline)
    return <textarea {...shared} rows={rows} className={`mr-input mr-area${code ? ' is-code' : ''}${className ? ` ${className}` : ''}`} />;
  return (
    <span className={`mr-input-box${suffix ? ' has-suffix' : ''}${className ? ` ${className}` : ''}`}>
      <input {...shared} type="text" className={`mr-input${code ? ' is-code' : ''}`} />
      {suffix ? <span className="mr-suffix">{suffix}</span> : null}
    </span>
  );
}
