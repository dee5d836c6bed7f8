/** A run context and services for tests of nodes that reach the registry: what was asked is kept for the test to read. */
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { fillParams } from '../kind/fill.ts';
import type { Kind } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { RunContext, Services } from '../kind/run.ts';

/** Every service that a test does not give refuses. */
export const testServices = (given: Partial<Services>): Services =>
  new Proxy(given as Services, {
    get: (services, name: keyof Services) =>
      services[name] ??
      (() => {
        throw new Error(`the node asked for ${name}`);
      }),
  });

/** `lines` and `problems` fill up while the node runs. */
export function testContext(kind: Kind, params: ParamValues, inputs: Record<string, unknown>, services: Partial<Services> = {}) {
  const lines: string[] = [];
  const problems: string[] = [];
  const context: RunContext = {
    params: fillParams(kind.params, params),
    inputs,
    lists: Object.fromEntries(kind.inputs.filter((port) => port.many).map((port) => [port.id, (inputs[port.id] ?? []) as unknown[]])),
    progress: () => {},
    log: (line, problem) => {
      lines.push(inEnglish(line));
      if (problem) problems.push(problem.code);
    },
    random: (purpose) => stream('test', purpose),
    stopRequested: () => false,
    onAsk: () => {},
    now: () => 0,
    backend: 'cpu',
    width: 1,
    spread: () => Promise.reject(new Error('no parts here')),
    services: testServices(services),
    within: (_ms, _late, work) => work(),
  };
  return { context, lines, problems };
}
