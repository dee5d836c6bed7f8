/**
 * Memory for kernels. A space is one instance of a kernel module with a memory of its own, sized before the work from a layout, so that views never
 * detach, and given back after it. Fits run interleaved in one thread, so each opens its own space and no two share one.
 */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';

/** One kernel module: compiled once per realm, its idle instances kept for the next space. `E` names its functions. */
export interface Area<E> {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  module?: WebAssembly.Module;
  readonly idle: Instance<E>[];
}
interface Instance<E> {
  readonly memory: WebAssembly.Memory;
  readonly call: E;
  /** After a trap its memory can hold anything. */
  broken: boolean;
}

/** Hands out arrays one after another; their content is whatever was there before. `byteOffset` is the address for the kernel. */
export interface Room {
  u8: (length: number) => Uint8Array;
  u16: (length: number) => Uint16Array;
  i32: (length: number) => Int32Array;
  u32: (length: number) => Uint32Array;
  f32: (length: number) => Float32Array;
  f64: (length: number) => Float64Array;
  i64: (length: number) => BigInt64Array;
  /** Two layouts over the same bytes: the second begins where the first did. Only one of them is in use at a time. */
  either: <A, B>(first: () => A, second: () => B) => [A, B];
}
export interface Space<E, L> {
  readonly call: E;
  readonly at: L;
  readonly bytes: number;
  /** Gives the space back; its arrays must not be used any more. */
  close: () => void;
}

/** A cache line: rows and vectors do not straddle more of them than they must. */
const ALIGN = 64;
const PAGE = 65_536;
/** Where arrays begin; a module's constants lie below. */
const FIRST = PAGE;
/** The most that 32-bit addresses reach, less a page so that no size wraps to zero. */
const MOST_BYTES = 4_294_967_296 - PAGE;
/** Memories are made in these steps, so that the next one of about the same size fits. */
const STEP = 1 << 20;
/** Larger memories go back to the system, and of the others only a few wait. */
const KEEP_BYTES = 64 << 20;
const KEEP_COUNT = 2;

const counted = { live: 0, kept: 0, peak: 0 };
/** Bytes of the open spaces now, of those kept for later, and the most that were open at once since `forgetPeak`. */
export const kernelMemory = (): Readonly<typeof counted> => ({ ...counted });
export function forgetPeak(): void {
  counted.peak = counted.live;
}

export function kernelArea<E>(name: string, bytes: Uint8Array<ArrayBuffer>): Area<E> {
  return { name, bytes, idle: [] };
}

/** A room that lays arrays out in `buffer`, or with no buffer only counts. */
function roomIn(buffer: ArrayBuffer | undefined): { room: Room; end: () => number } {
  const nothing = new ArrayBuffer(0);
  let top = FIRST;
  const take = <T>(view: new (buffer: ArrayBuffer, at: number, length: number) => T, size: number) => {
    return (length: number): T => {
      const at = top;
      top = Math.ceil((at + length * size) / ALIGN) * ALIGN;
      return buffer ? new view(buffer, at, length) : new view(nothing, 0, 0);
    };
  };
  const room: Room = {
    u8: take(Uint8Array, 1),
    u16: take(Uint16Array, 2),
    i32: take(Int32Array, 4),
    u32: take(Uint32Array, 4),
    f32: take(Float32Array, 4),
    f64: take(Float64Array, 8),
    i64: take(BigInt64Array, 8),
    either: (one, other) => {
      const start = top;
      const a = one();
      const end = top;
      top = start;
      const b = other();
      top = Math.max(top, end);
      return [a, b];
    },
  };
  return { room, end: () => top };
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);

function tooLarge(bytes: number, beyondCap: boolean): ProblemError {
  return new ProblemError({
    code: 'kernel.memory',
    args: { megabytes: megabytes(bytes), most: megabytes(MOST_BYTES) },
    message: beyondCap
      ? phrase('kernel.above-cap', 'This step needs about {megabytes} MB at once, more than the {most} MB that one step can use.', {
          megabytes: megabytes(bytes),
          most: megabytes(MOST_BYTES),
        })
      : phrase('kernel.no-memory', 'This step needs about {megabytes} MB at once, more than this machine gives it now.', {
          megabytes: megabytes(bytes),
        }),
    hint: 'Learn from fewer rows or columns, or close other tabs and run again.',
  });
}

function stopped(area: string, name: string, error: unknown): ProblemError {
  return new ProblemError({
    code: 'kernel.trap',
    args: { area, name },
    message: 'The calculation stopped at an error of its own, and its memory was thrown away.',
    hint: 'Run the step again; if it stops again, please report it with the details.',
    details: `${area}.${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  });
}

function instantiate<E>(area: Area<E>, pages: number): Instance<E> {
  area.module ??= new WebAssembly.Module(area.bytes);
  const memory = new WebAssembly.Memory({ initial: pages });
  const { exports } = new WebAssembly.Instance(area.module, { env: { memory } });
  const call: Record<string, (...args: number[]) => unknown> = {};
  const instance = { memory, call: call as E, broken: false };
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== 'function') continue;
    call[name] = (...args) => {
      try {
        return value(...args);
      } catch (error) {
        instance.broken = true;
        throw stopped(area.name, name, error);
      }
    };
  }
  if (Number(call.firstFree()) > FIRST) throw new Error(`the constants of ${area.name} need more than ${FIRST} bytes`);
  return instance;
}

/** An idle instance that is large enough, the smallest of them, or a new one. */
function instanceFor<E>(area: Area<E>, bytes: number): Instance<E> {
  let best: Instance<E> | undefined;
  for (const instance of area.idle) {
    const size = instance.memory.buffer.byteLength;
    if (size >= bytes && (!best || size < best.memory.buffer.byteLength)) best = instance;
  }
  if (best) {
    area.idle.splice(area.idle.indexOf(best), 1);
    counted.kept -= best.memory.buffer.byteLength;
    return best;
  }
  if (bytes > MOST_BYTES) throw tooLarge(bytes, true);
  try {
    return instantiate(area, Math.min(Math.ceil(bytes / STEP) * STEP, MOST_BYTES) / PAGE);
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(bytes, false) : error;
  }
}

/**
 * Opens a space that holds what `layout` takes from its room. The layout is run twice, first only to count, so it must ask for the same both
 * times. Throws the Problem `kernel.memory` when there is no room; calls throw `kernel.trap`. Close the space in a `finally`.
 */
export function openSpace<E, L>(area: Area<E>, layout: (room: Room) => L): Space<E, L> {
  const plan = roomIn(undefined);
  layout(plan.room);
  const instance = instanceFor(area, plan.end());
  const { room } = roomIn(instance.memory.buffer as ArrayBuffer);
  const bytes = instance.memory.buffer.byteLength;
  counted.live += bytes;
  counted.peak = Math.max(counted.peak, counted.live);
  let open = true;
  return {
    call: instance.call,
    at: layout(room),
    bytes,
    close: () => {
      if (!open) return;
      open = false;
      counted.live -= bytes;
      if (instance.broken || bytes > KEEP_BYTES || area.idle.length >= KEEP_COUNT) return;
      area.idle.push(instance);
      counted.kept += bytes;
    },
  };
}
