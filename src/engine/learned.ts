/** What stored runs tell of kinds that run user code: the same settings on the same inputs gave these columns. */
import type { Json } from '../base/json.ts';
import type { PipelineDocument } from './document.ts';
import { graphOf } from './graph.ts';
import { allSettings, intentKeys } from './keys.ts';
import type { Memory } from './memory.ts';
import type { Kinds } from './naming.ts';

interface LearnedContext {
  kinds: Kinds;
  known: (node: string) => Json | undefined;
  memory: Pick<Memory, 'byIntent'>;
  gpu: boolean;
}

/** By node; keyed by intent, so that a changed script or input says nothing rather than something old. */
export function learnedIn(document: PipelineDocument, context: LearnedContext): (node: string) => Json | undefined {
  if (!Object.values(document.nodes).some((node) => context.kinds.get(node.kind)?.tags?.sandbox)) return () => undefined;
  const graph = graphOf(document);
  const { settings, uncacheable } = allSettings(document, graph.order, context);
  const intents = intentKeys(graph.order, settings, uncacheable, graph.into, new Map());
  return (node) => {
    const intent = intents.get(node);
    return intent ? context.memory.byIntent(intent)?.learned : undefined;
  };
}
