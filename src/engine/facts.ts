/** What only a look at a file or the registry can tell a source's schema: probes, asked once per parameters. */
import { type Digest, hashJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { type Problem, toProblem } from '../base/problem.ts';
import { fillParams } from '../kind/fill.ts';
import type { Kind } from '../kind/kind.ts';
import type { Services } from '../kind/run.ts';
import { validateParams } from '../kind/validate.ts';
import type { DocumentNode, PipelineDocument } from './document.ts';
import type { LoadNode } from './job.ts';
import type { Kinds } from './naming.ts';
import { resultParams } from './settings.ts';

export interface Facts {
  /** Asks for all that is not known yet. */
  learn: (document: PipelineDocument) => Promise<void>;
  known: (document: PipelineDocument, node: string) => Json | undefined;
  problems: (document: PipelineDocument, node: string) => Problem[];
  /** After the registry changed: what "latest" means is asked again. */
  forgetRegistry: () => void;
}
type Fact = { known: Json | undefined } | { problem: Problem };

const MOST_FACTS = 500;

/** Only kinds without inputs are probed: a source's code is small and has to be loaded for it. */
export function createFacts(kinds: Kinds, loadNode: LoadNode, services: (document: PipelineDocument, node: string) => Services): Facts {
  const facts = new Map<Digest, { kind: Kind; fact: Promise<Fact>; settled?: Fact }>();
  const probed = (node: DocumentNode): { kind: Kind; key: Digest } | undefined => {
    const kind = kinds.get(node.kind);
    if (!kind || kind.inputs.length > 0 || kind.version < node.version) return undefined;
    const filled = fillParams(kind.params, node.params);
    if (validateParams(kind.params, filled).length > 0) return undefined;
    return { kind, key: hashJson([kind.id, kind.version, resultParams(kind.params, filled)]) };
  };
  const settledFact = (document: PipelineDocument, id: string): Fact | undefined => {
    const source = probed(document.nodes[id]);
    return source && facts.get(source.key)?.settled;
  };
  const ask = async (document: PipelineDocument, id: string, kind: Kind): Promise<Fact> => {
    try {
      const code = await loadNode(kind.id, kind.version);
      const filled = fillParams(kind.params, document.nodes[id].params);
      return { known: await code.probe?.(filled, services(document, id)) };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  };
  return {
    learn: async (document) => {
      const asked = Object.keys(document.nodes).flatMap((id) => {
        const source = probed(document.nodes[id]);
        if (!source || document.nodes[id].disabled) return [];
        let slot = facts.get(source.key);
        if (!slot) {
          slot = { kind: source.kind, fact: ask(document, id, source.kind) };
          facts.set(source.key, slot);
          if (facts.size > MOST_FACTS) facts.delete(facts.keys().next().value!);
          const asking = slot;
          void slot.fact.then((fact) => {
            asking.settled = fact;
          });
        }
        return [slot.fact];
      });
      await Promise.all(asked);
    },
    known: (document, id) => {
      const fact = settledFact(document, id);
      return fact && 'known' in fact ? fact.known : undefined;
    },
    problems: (document, id) => {
      const fact = settledFact(document, id);
      return fact && 'problem' in fact ? [fact.problem] : [];
    },
    forgetRegistry: () => {
      for (const [key, { kind, settled }] of facts) {
        const looksUp = Object.values(kind.params).some((param) => param.type === 'catalogue' && param.of !== 'sample');
        if (looksUp || (settled && 'problem' in settled)) facts.delete(key);
      }
    },
  };
}
