/** Finds the certificate in an artefact's record, which is open-ended; pure. */
import { isPhrase, type Words } from '../../base/words.ts';
import type { Certificate } from '../../onnx/certificate.ts';

const isCertificate = (value: unknown): value is Certificate =>
  typeof value === 'object' && value !== null && 'sha256' in value && 'maxDelta' in value && 'passed' in value;

/** The record itself or the member `certificate`. */
export function certificateOf(about: Readonly<Record<string, unknown>>): Certificate | undefined {
  if (isCertificate(about.certificate)) return about.certificate;
  return isCertificate(about) ? about : undefined;
}

/** What else the record says that can be shown in one line: words, numbers, yes or no. */
export const plainFacts = (about: Readonly<Record<string, unknown>>): [string, Words | number | boolean][] =>
  Object.entries(about).filter(
    (entry): entry is [string, Words | number | boolean] => ['string', 'number', 'boolean'].includes(typeof entry[1]) || isPhrase(entry[1]),
  );
