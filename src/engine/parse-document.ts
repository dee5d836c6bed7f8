/** Reads a pipeline file: refuses what it does not understand, whole, and brings older kinds' parameters up to date. */
import type { Json } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import type { Kind } from '../kind/kind.ts';
import { DOCUMENT_FORMAT, type DocumentNode, type PipelineDocument } from './document.ts';
import { DOCUMENT_SHAPE, isId } from './document-shape.ts';
import type { Kinds } from './naming.ts';
import { misfit } from './shape.ts';

/** The document in a text or parsed JSON value. Throws a ProblemError that names the place. Wires and kinds are the check's business. */
export function parseDocument(source: string | Json, kinds: Kinds): PipelineDocument {
  const value = typeof source === 'string' ? parse(source) : source;
  const format = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.format : undefined;
  if (typeof format !== 'number' || format < 1)
    throw refused('document.not-one', 'This file is not a pipeline.', 'Choose a file that was saved as a pipeline (.json).');
  if (format > DOCUMENT_FORMAT)
    throw refused(
      'document.newer',
      `This pipeline was saved by a newer version of the app (format ${format}; this one reads up to ${DOCUMENT_FORMAT}).`,
      'Reload the page to get the newest version. The file was not changed.',
      { format },
    );
  const found = misfit(value, DOCUMENT_SHAPE, isId);
  if (found?.unknown)
    throw refused(
      'document.unknown-member',
      `The pipeline file has a member that is not known: ${found.path}.`,
      `Known are: ${found.expected.slice(7)}.`,
      {
        path: found.path,
      },
    );
  if (found)
    throw refused(
      'document.wrong-value',
      `In the pipeline file, ${found.path} should be ${found.expected}.`,
      'Mend the file or export it again.',
      { path: found.path },
    );
  const document = value as unknown as PipelineDocument;
  const nodes = Object.fromEntries(Object.entries(document.nodes).map(([key, each]) => [key, migrate(each, kinds.get(each.kind))]));
  return { ...document, nodes };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw refused(
      'document.not-json',
      'This file is not JSON, so it is not a pipeline.',
      'Choose a file that was saved as a pipeline (.json).',
      {
        text: String(error),
      },
    );
  }
}

/** Runs the kind's migrations one version after another. A newer or unknown kind is kept as it is, for the check to name. */
export function migrate(node: DocumentNode, kind: Kind | undefined): DocumentNode {
  if (!kind || node.version >= kind.version) return node;
  let { params } = node;
  for (let version = node.version; version < kind.version; version++) params = kind.migrations?.[version]?.(params) ?? params;
  return { ...node, version: kind.version, params };
}

const refused = (code: string, message: string, hint: string, args: Record<string, Json> = {}) =>
  new ProblemError({ code, message, hint, args });
