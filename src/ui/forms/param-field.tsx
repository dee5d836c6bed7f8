/** One setting in the form: its control with label, dot and reset, help with range and other names, and the problems that stand at it. */
import { memo, useState } from 'react';
import type { Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { NumberParam, Param } from '../../kind/params.ts';
import { countRender } from '../canvas/render-count.ts';
import { paramText } from '../i18n/kind-text.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { problemText } from '../i18n/words-text.ts';
import { Field } from '../kit/field.tsx';
import { canFix, fixProblem } from '../problems/fix-problem.ts';
import { useSession } from '../state/session.ts';
import { Control } from './control.tsx';
import { useForm } from './form-context.ts';
import { MixedValue } from './mixed-value.tsx';
import { scrubbed } from './read-setting.ts';

const SHORT = new Set(['number', 'integer', 'seed']);
/** Two numbers without sliders, and without words for what happens when none is set, may stand side by side. */
const isShort = (param: Param) =>
  SHORT.has(param.type) &&
  !('auto' in param && param.auto) &&
  !(param.type === 'number' && (param.tune || (param.min !== undefined && param.max !== undefined && param.max - param.min <= 1)));
/** Controls that can stand for "different values"; the others ask which node's value all shall take. */
const SIMPLE = new Set(['number', 'integer', 'seed', 'choice', 'flag', 'text', 'formula', 'column', 'catalogue']);

/** Left for the app to choose, by a control that does not say itself what comes of it. */
const isOpen = ({ type }: Param, value: Json): boolean =>
  type === 'columns'
    ? (value as { names?: unknown[] }).names?.length === 0
    : type === 'choice'
      ? value === 'auto'
      : (type === 'integer' || type === 'number') && value === null;

interface Props {
  name: string;
  param: Param;
  value: Json;
  /** How many different values the nodes have here. */
  differs: number;
  changed: boolean;
  problems: readonly Problem[] | undefined;
}

export const ParamField = memo(function ParamField({ name, param, value, differs, changed, problems = [] }: Props) {
  countRender('field', name);
  const t = useText();
  const form = useForm();
  const session = useSession();
  const range = useRange();
  const [draft, setDraft] = useState<number>();
  const label = paramText(form.kind, name, param, 'label');
  const mixed = differs > 1;
  const isNumber = param.type === 'number' || param.type === 'integer' || param.type === 'seed';
  const start = isNumber && typeof value === 'number' && !mixed ? value : undefined;
  return (
    <Field
      name={name}
      label={label}
      help={paramText(form.kind, name, param, 'help')}
      facts={param.type === 'number' || param.type === 'integer' ? range(param) : undefined}
      alias={param.alias}
      aside={
        mixed
          ? t('inspect.different', { count: differs })
          : isOpen(param, value) && form.guesses[name] !== undefined
            ? t('designer.form.guess', { value: form.guesses[name] })
            : 'log' in param && param.log && param.type === 'number'
              ? t('designer.form.log-scale')
              : undefined
      }
      changed={changed}
      onReset={() => form.set(name, param.default as Json)}
      half={isShort(param)}
      onScrub={
        isNumber && start !== undefined
          ? (pixels, speed, done) => {
              const next = scrubbed(param, start, pixels, speed);
              setDraft(done ? undefined : next);
              if (done && next !== start) form.set(name, next);
            }
          : undefined
      }
      problems={problems.map((problem) => {
        const said = problemText(problem);
        return {
          message: `${said.message} ${said.hint}`,
          severity: problem.severity,
          action: canFix(problem) ? (
            <button type="button" className="mr-link" onClick={() => fixProblem(session, problem)}>
              {said.fix}
            </button>
          ) : undefined,
        };
      })}
    >
      {(ids) =>
        mixed && !SIMPLE.has(param.type) ? (
          <MixedValue id={ids.id} name={name} label={label} />
        ) : (
          <Control
            {...ids}
            name={name}
            param={param}
            value={draft ?? value}
            mixed={mixed}
            label={label}
            onChange={(next) => form.set(name, next)}
            onPreview={setDraft}
          />
        )
      }
    </Field>
  );
});

/** "0.001 to 1", "1 or more": what a number setting takes, with its unit. */
export function useRange(): (param: NumberParam) => string | undefined {
  const t = useText();
  const format = useFormat();
  return ({ min, max, unit }) => {
    const write = (value: number) => `${format.number(value)}${unit ? ` ${unit}` : ''}`;
    if (min !== undefined && max !== undefined) return t('inspect.range.both', { min: format.number(min), max: write(max) });
    if (min !== undefined) return t('inspect.range.least', { min: write(min) });
    return max === undefined ? undefined : t('inspect.range.most', { max: write(max) });
  };
}
