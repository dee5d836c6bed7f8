/** For tests: runs one kind of the registry as the engine would, on values given by port. */
import type { Problem } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import type { Outputs, RunContext } from '../kind/run.ts';
import { allNodes } from './registry.ts';

export interface Ran {
  outputs: Outputs;
  log: string[];
  problems: Problem[];
}

/** Parameters not given are the defaults; drawing random numbers without the tag throws, as in the engine. */
export async function runKind(
  kind: string,
  params: ParamValues,
  inputs: Record<string, unknown>,
  lists: Record<string, unknown[]> = {},
): Promise<Ran> {
  const entry = allNodes.find((item) => item.kind.id === kind);
  if (!entry) throw new Error(`no kind ${kind}`);
  const filled = { ...defaults(entry.kind.params), ...params };
  const log: string[] = [];
  const problems: Problem[] = [];
  const context: RunContext = {
    params: filled,
    inputs,
    lists,
    progress: () => undefined,
    log: (line, problem) => {
      log.push(inEnglish(line));
      if (problem) problems.push(problem);
    },
    random: (purpose, seed) => {
      if (!entry.kind.tags?.random) throw new Error(`${kind} draws random numbers but its tags do not say so`);
      return stream(0, seed ?? Number(filled.seed ?? 0), purpose);
    },
    stopRequested: () => false,
    onAsk: () => {},
    now: () => 0,
    backend: 'cpu',
    width: 1,
    spread: async (part, args) => (await entry.load()).parts![part](context, args),
    services: {} as RunContext['services'],
    within: (_ms, _late, work) => work(),
  };
  const { run } = await entry.load();
  return { outputs: await run(context), log, problems };
}
