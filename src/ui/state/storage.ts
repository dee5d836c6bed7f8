/** Small JSON values kept on this machine; a full or forbidden storage loses comfort, never work. */
export interface Storage {
  read: <T>(key: string, fallback: T) => T;
  write: (key: string, value: unknown) => void;
}

const PREFIX = 'millrace.';

export const localValues: Storage = {
  read: (key, fallback) => {
    try {
      const text = localStorage.getItem(PREFIX + key);
      return text === null ? fallback : (JSON.parse(text) as typeof fallback);
    } catch {
      return fallback;
    }
  },
  write: (key, value) => {
    try {
      if (value === undefined) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      // Full, forbidden or absent: the old value must not come back as if it were this one.
      if (typeof localStorage !== 'undefined') localStorage.removeItem(PREFIX + key);
    }
  },
};

/** Keys about pipelines belong to one workspace; the rest (panels, habits) is of the person. The first workspace has no mark. */
const OF_WORKSPACE = /^(last-pipeline$|outcomes\.)/;
const mark = (workspace: string) => (workspace === 'default' ? '' : `${workspace}.`);

export function inWorkspace(storage: Storage, workspace: string): Storage {
  const named = (key: string) => (OF_WORKSPACE.test(key) ? mark(workspace) + key : key);
  return {
    read: (key, fallback) => storage.read(named(key), fallback),
    write: (key, value) => storage.write(named(key), value),
  };
}

/** Forgets what this machine kept about one workspace's pipelines, and what was seen in imported files. */
export function forgetWorkspace(workspace: string): void {
  const start = PREFIX + mark(workspace);
  const own = (key: string) => key.startsWith(start) && OF_WORKSPACE.test(key.slice(start.length));
  for (const key of Object.keys(localStorage)) if (own(key) || key === `${PREFIX}files`) localStorage.removeItem(key);
}

/** For tests and for places without storage. */
export function memoryValues(): Storage {
  const values = new Map<string, string>();
  return {
    read: (key, fallback) => (values.has(key) ? (JSON.parse(values.get(key) as string) as typeof fallback) : fallback),
    write: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, JSON.stringify(value));
    },
  };
}
