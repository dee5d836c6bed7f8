/** What past steps registered, and whether it is still there: a result whose version was deleted is not reused. */
import { toProblem } from '../base/problem.ts';
import type { Services } from '../kind/run.ts';
import type { Outcome, Registered } from './memory.ts';

export interface Standing {
  /** Looks up what is not known yet of these results. */
  learn: (outcomes: Iterable<Outcome>, services: Pick<Services, 'describeDataset' | 'describeModel'>) => Promise<void>;
  /** False only where the registry said that a version is gone. */
  stands: (outcome: Outcome) => boolean;
  /** After the registry changed. */
  forget: () => void;
}

/** The services, telling `note` of each version registered through them. */
export const noting = (services: Services, note: (made: Registered) => void): Services => ({
  ...services,
  saveDataset: async (...args) => {
    const saved = await services.saveDataset(...args);
    note({ type: 'dataset', name: saved.name, version: saved.version });
    return saved;
  },
  saveModel: async (...args) => {
    const saved = await services.saveModel(...args);
    note({ type: 'model', name: saved.name, version: saved.version });
    return saved;
  },
});

export function createStanding(): Standing {
  let answers = new Map<string, Promise<void>>();
  let gone = new Set<string>();
  const keyOf = ({ type, name, version }: Registered) => `${type} ${version} ${name}`;
  return {
    learn: async (outcomes, services) => {
      const [asked, missing] = [answers, gone];
      const look = async (made: Registered) => {
        try {
          await (made.type === 'model' ? services.describeModel : services.describeDataset)(made.name, made.version);
        } catch (error) {
          // A registry that cannot be read now says nothing about the version.
          if (toProblem(error).code === 'registry.not-found') missing.add(keyOf(made));
        }
      };
      for (const { registered = [] } of outcomes)
        for (const made of registered) if (!asked.has(keyOf(made))) asked.set(keyOf(made), look(made));
      await Promise.all(asked.values());
    },
    stands: ({ registered = [] }) => !registered.some((made) => gone.has(keyOf(made))),
    forget: () => {
      answers = new Map();
      gone = new Set();
    },
  };
}
