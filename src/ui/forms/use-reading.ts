/** How a file is read as the node stands now: the guess from when it came, or a look by the settings that replace the guess. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { canonical } from '../../base/json.ts';
import type { FileRef } from '../../kind/params.ts';
import { fileImport } from '../../nodes/file-import/kind.ts';
import { isSet } from '../../nodes/file-import/options.ts';
import type { Sniff } from '../../table/sniff.ts';
import { valuesOf } from '../state/kinds.ts';
import { useSession } from '../state/session.ts';

/** Of several nodes chosen together the settings may differ, so that only the guess is shown. */
export function useReading(nodes: readonly string[], file: FileRef | null): Sniff | undefined {
  const session = useSession();
  const guessed = useStore(session.files, (s) => (file ? s.files[file.digest] : undefined));
  const reader = useStore(session.documents, ({ document }) => {
    const found = nodes.length === 1 ? document.nodes[nodes[0]] : undefined;
    return found?.kind === fileImport.id ? found : undefined;
  });
  const values = reader && valuesOf(reader, fileImport);
  const asked = file && values && (isSet(values) || !guessed) ? canonical(values) : undefined;
  const [answer, setAnswer] = useState<{ asked: string; sniff: Sniff }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` stands for the values
  useEffect(() => {
    if (asked === undefined || !values) return;
    let gone = false;
    session.backend.lookAgain(values).then(
      (sniff) => {
        if (!gone) setAnswer({ asked, sniff });
      },
      // A file that cannot be read is the node's problem and stands there.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [asked, session]);
  if (asked === undefined) return guessed;
  return answer?.asked === asked ? answer.sniff : undefined;
}
