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
