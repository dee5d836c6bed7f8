/** What was seen in imported files — dialect, types with evidence, likely target — by digest, so that forms can show it again. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FileRef } from '../../kind/params.ts';
import type { Sniff } from '../../table/sniff.ts';
import type { Storage } from './storage.ts';

export interface FileFacts extends StoreApi<{ files: Record<string, Sniff> }> {
  keep: (ref: Pick<FileRef, 'digest'>, sniff: Sniff) => void;
}
/** A sample has no digest in the document. */
export const sampleKey = (name: string): string => `sample ${name}`;

const MOST = 30;

export function createFileFacts(storage: Storage): FileFacts {
  const store = createStore<{ files: Record<string, Sniff> }>()(() => ({ files: storage.read('files', {}) }));
  return Object.assign(store, {
    keep: (ref: Pick<FileRef, 'digest'>, sniff: Sniff) => {
      const { [ref.digest]: _old, ...others } = store.getState().files;
      const files = Object.fromEntries([...Object.entries(others).slice(-(MOST - 1)), [ref.digest, sniff]]);
      store.setState({ files });
      storage.write(
        'files',
        Object.fromEntries(Object.entries(files).map(([digest, s]) => [digest, { ...s, preview: s.preview.slice(0, 8) }])),
      );
    },
  });
}
