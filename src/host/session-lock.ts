/** A lock that a tab holds while it lives: who waits for it learns that the tab has ended, however it ended. */

export interface SessionLock {
  /** The name of this tab's lock, to be written beside what the tab does. */
  name: string;
  /** Resolves when the tab that held the lock of this name is gone; at once when it is gone already. */
  gone: (name: string) => Promise<void>;
}

export function holdSession(locks: Pick<LockManager, 'request'>, id: string): SessionLock {
  const name = `millrace-session-${id}`;
  void locks.request(name, () => new Promise<never>(() => {}));
  return { name, gone: async (other) => void (await locks.request(other, async () => undefined)) };
}
