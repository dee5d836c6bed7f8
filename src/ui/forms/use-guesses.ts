/** What a node takes for settings that are left open: by the columns that come in, and once there are rows, by these. */
import { useMemo } from 'react';
import type { Words } from '../../base/words.ts';
import type { Kind, PortSchema } from '../../kind/kind.ts';
import type { ParamValues } from '../../kind/params.ts';
import { usePortDigest } from '../canvas/wire-preview.tsx';
import { wordsText } from '../i18n/words-text.ts';
import { useAnswer } from '../results/use-answer.ts';
import { useDocument, useSession } from '../state/session.ts';

/** Of several nodes set together none is told: what they take may differ. */
export function useGuesses(
  nodes: readonly string[],
  kind: Kind,
  params: ParamValues,
  inputs: Record<string, PortSchema | undefined> | undefined,
): Readonly<Record<string, string>> {
  const { backend } = useSession();
  const node = nodes.length === 1 && kind.guesses ? nodes[0] : undefined;
  const from = useDocument(({ document }) => Object.values(document.wires).find(({ to }) => to.node === node && to.port === 'table')?.from);
  const digest = usePortDigest(from?.node ?? '', from?.port ?? '');
  const asked = node !== undefined && digest !== undefined;
  const { value } = useAnswer<Record<string, Words>>(asked ? `guesses ${digest} ${JSON.stringify(params)}` : '', async () =>
    asked ? backend.seriesGuesses(params, digest) : {},
  );
  const all = node === undefined ? {} : { ...kind.guesses?.({ params, inputs: inputs ?? {}, lists: {} }), ...value };
  const said = JSON.stringify(Object.fromEntries(Object.entries(all).map(([name, words]) => [name, wordsText(words)])));
  // Every edit brings new params and inputs that say the same; fields would render again for each.
  return useMemo(() => JSON.parse(said) as Record<string, string>, [said]);
}
