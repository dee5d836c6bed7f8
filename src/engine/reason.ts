/** Why a step would run, in a few words: what changed since its last run, named as the form names it. */
import { canonical, type Json } from '../base/json.ts';
import { inEnglish, labelWords, type Phrase, phrase, type Words } from '../base/words.ts';
import type { Kind } from '../kind/kind.ts';
import type { FileRef, Param } from '../kind/params.ts';
import type { Settings } from './keys.ts';

/** Undefined when the step itself is as it was; "Test size 0.2 → 0.3" when one setting differs. */
export function changeOf(before: Settings, now: Settings, kind: Kind): Words | undefined {
  if (before.kind !== now.kind) return phrase('plan.new', 'new');
  if (before.version !== now.version) return phrase('plan.newer-kind', 'newer version of this step');
  const changed = Object.keys({ ...before.params, ...now.params }).filter((id) => !same(before.params[id], now.params[id]));
  const shown = changed.filter((id) => Object.hasOwn(kind.params, id));
  if (shown.length > 0) {
    const first = describeChange(kind.params[shown[0]], before.params[shown[0]], now.params[shown[0]]);
    return shown.length === 1 ? first : phrase('plan.and-more', '{first}, and {more} more', { first, more: shown.length - 1 });
  }
  if (changed.length > 0) return phrase('plan.settings', 'settings changed');
  if (!same(before.seeds, now.seeds)) {
    const [pipelineBefore, ownBefore] = before.seeds ?? [];
    const [pipelineNow, ownNow] = now.seeds ?? [];
    if (pipelineBefore !== pipelineNow)
      return phrase('plan.pipeline-seed', 'Pipeline seed {before} → {now}', { before: seed(pipelineBefore), now: seed(pipelineNow) });
    return phrase('plan.seed', 'Seed {before} → {now}', { before: seed(ownBefore), now: seed(ownNow) });
  }
  if (before.backend !== now.backend)
    return phrase('plan.backend', 'runs on {now} instead of {before}', {
      now: now.backend.toUpperCase(),
      before: before.backend.toUpperCase(),
    });
  return same(before.known, now.known) ? undefined : phrase('plan.newer-source', 'its source has a newer version');
}

const same = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null);

const none = phrase('plan.none', 'none');
/** A seed is a name of a stream, not a quantity: it has no separators. */
const seed = (value: number | undefined): string | Phrase => (value === undefined ? none : String(value));

function describeChange(param: Param, before: Json | undefined, now: Json | undefined): Phrase {
  const label = labelWords(param.label);
  const from = describeValue(param, before);
  const to = describeValue(param, now);
  if (from === undefined || to === undefined || inEnglish(from) === inEnglish(to))
    return phrase('plan.changed', '{label} changed', { label });
  return phrase('plan.change', '{label} {from} → {to}', { label, from, to });
}

const LONGEST = 24;
/** A short text for a value; undefined where only "changed" fits. */
function describeValue(param: Param, value: Json | undefined): Words | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'auto' in param && param.auto ? labelWords(param.auto) : none;
  if (typeof value === 'boolean') return value ? phrase('plan.on', 'on') : phrase('plan.off', 'off');
  if (typeof value === 'number')
    return param.unit ? phrase('plan.with-unit', '{value} {unit}', { value: String(value), unit: labelWords(param.unit) }) : String(value);
  if (param.type === 'choice') {
    const option = param.options.find((candidate) => candidate.value === value);
    return option ? labelWords(option.label) : String(value);
  }
  if (param.type === 'file') return (value as unknown as FileRef).name;
  if (typeof value !== 'string') return undefined;
  return value.length > LONGEST || value.includes('\n') ? undefined : `“${value}”`;
}
