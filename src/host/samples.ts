/** The bundled sample tables: their list and bytes, from the app's own files, so that they work offline. */
import { ProblemError } from '../base/problem.ts';
import type { SampleInfo } from './protocol.ts';

interface Listed extends SampleInfo {
  file: string;
}
const list = async (base: string): Promise<Listed[]> => {
  const response = await fetch(new URL('samples/index.json', base));
  return (await response.json()) as Listed[];
};

export const sampleList = (base: string): Promise<SampleInfo[]> => list(base);

export async function readSample(base: string, name: string): Promise<Uint8Array> {
  const found = (await list(base)).find((sample) => sample.name === name);
  const response = found && (await fetch(new URL(`samples/${found.file}`, base)));
  if (response?.ok) return new Uint8Array(await response.arrayBuffer());
  throw new ProblemError({
    code: 'sample.unknown',
    at: { param: 'sample' },
    args: { name },
    message: `The sample “${name}” could not be read.`,
    hint: 'Choose a sample from the list; offline, wait once until “Ready offline” shows.',
  });
}
