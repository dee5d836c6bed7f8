/** Why a step would run, in a few words: what changed since its last run, named as the form names it. */
import { canonical, type Json } from '../base/json.ts';
import type { Kind } from '../kind/kind.ts';
import type { FileRef, Param } from '../kind/params.ts';
import type { Settings } from './keys.ts';

/** Undefined when the step itself is as it was; "Test size 0.2 → 0.3" when one setting differs. */
export function changeOf(before: Settings, now: Settings, kind: Kind): string | undefined {
  if (before.kind !== now.kind) return 'new';
  if (before.version !== now.version) return 'newer version of this step';
  const changed = Object.keys({ ...before.params, ...now.params }).filter((id) => !same(before.params[id], now.params[id]));
  const shown = changed.filter((id) => Object.hasOwn(kind.params, id));
  if (shown.length > 0) {
    const first = describeChange(kind.params[shown[0]], before.params[shown[0]], now.params[shown[0]]);
    return shown.length === 1 ? first : `${first}, and ${shown.length - 1} more`;
  }
  if (changed.length > 0) return 'settings changed';
  if (!same(before.seeds, now.seeds)) {
    const [pipelineBefore, ownBefore] = before.seeds ?? [];
    const [pipelineNow, ownNow] = now.seeds ?? [];
    if (pipelineBefore !== pipelineNow) return `Pipeline seed ${pipelineBefore ?? 'none'} → ${pipelineNow ?? 'none'}`;
    return `Seed ${ownBefore ?? 'none'} → ${ownNow ?? 'none'}`;
  }
  if (before.backend !== now.backend) return `runs on ${now.backend.toUpperCase()} instead of ${before.backend.toUpperCase()}`;
  return same(before.known, now.known) ? undefined : 'its source has a newer version';
}

const same = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null);

function describeChange(param: Param, before: Json | undefined, now: Json | undefined): string {
  const from = describeValue(param, before);
  const to = describeValue(param, now);
  return from === undefined || to === undefined || from === to ? `${param.label} changed` : `${param.label} ${from} → ${to}`;
}

const LONGEST = 24;
/** A short text for a value; undefined where only "changed" fits. */
function describeValue(param: Param, value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'auto' in param && param.auto ? param.auto : 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return param.unit ? `${value} ${param.unit}` : String(value);
  if (param.type === 'choice') return param.options.find((option) => option.value === value)?.label ?? String(value);
  if (param.type === 'file') return (value as unknown as FileRef).name;
  if (typeof value !== 'string') return undefined;
  return value.length > LONGEST || value.includes('\n') ? undefined : `“${value}”`;
}
