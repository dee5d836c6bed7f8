/** The parts of one step: each is a job of its own in the pool, given the step's inputs and its own arguments. */
import { withTransfer } from '../base/channel.ts';
import { adoptArrayDigest, type Digest } from '../base/hash.ts';
import type { Part, TypedArray } from '../base/pack.ts';
import type { Job, JobResult } from './job.ts';

export interface Spread {
  /** Whether a part waits or runs. */
  open: () => boolean;
  /** `place` numbers the part, so that it can be ended. */
  run: (place: number, part: NonNullable<Job['part']>, fresh: readonly Part[]) => Promise<JobResult>;
  end: (place: number) => void;
  stop: () => void;
  cancel: () => void;
}

/** A job under way, as far as the step that waits for it can tell. */
interface Child {
  result: Promise<JobResult>;
  stop: () => void;
  cancel: () => void;
}

/** `start` runs a job in the pool; `changed` is called when the step begins or ends to wait for its parts. */
export function spreadOf(
  job: Job,
  inputs: ReadonlyMap<Digest, TypedArray>,
  start: (job: Job, arrays: ReadonlyMap<Digest, TypedArray>) => Child,
  changed: () => void,
): Spread {
  const running = new Map<number, Child>();
  const arrays = new Map(inputs);
  return {
    open: () => running.size > 0,
    run: async (place, part, fresh) => {
      for (const { digest, array } of fresh) {
        adoptArrayDigest(array, digest);
        arrays.set(digest, array);
      }
      const own = new Map([...inputs, ...part.args.parts.map((digest) => [digest, arrays.get(digest)!] as const)]);
      const child = start({ ...job, id: `${job.id}/part ${place}`, width: 1, part }, own);
      running.set(place, child);
      changed();
      try {
        const result = await child.result;
        return withTransfer(
          result,
          result.fresh.map(({ array }) => array.buffer as ArrayBuffer),
        );
      } finally {
        running.delete(place);
        changed();
      }
    },
    end: (place) => running.get(place)?.cancel(),
    stop: () => {
      for (const child of running.values()) child.stop();
    },
    cancel: () => {
      // The latest first: those still waiting must not take the places of those ended.
      for (const child of [...running.values()].reverse()) child.cancel();
    },
  };
}
