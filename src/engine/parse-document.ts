/** Reads a pipeline file: refuses what it does not understand, whole, and brings older kinds' parameters up to date. */
import type { Json } from '../base/json.ts';
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';
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
    throw refused('document.not-one', phrase('document.no-pipeline', 'This file is not a pipeline.'), CHOOSE_SAVED);
  if (format > DOCUMENT_FORMAT)
    throw refused(
      'document.newer',
      phrase(
        'document.newer-format',
        'This pipeline was saved by a newer version of the app (format {format}; this one reads up to {most}).',
        {
          format,
          most: DOCUMENT_FORMAT,
        },
      ),
      phrase('document.reload', 'Reload the page to get the newest version. The file was not changed.'),
      { format },
    );
  const found = misfit(value, DOCUMENT_SHAPE, isId);
  if (found?.known)
    throw refused(
      'document.unknown-member',
      phrase('document.unknown-part', 'The pipeline file has a member that is not known: {path}.', { path: found.path }),
      phrase('document.known-parts', 'Known are: {names}.', { names: found.known.join(', ') }),
      {
        path: found.path,
      },
    );
  if (found)
    throw refused(
      'document.wrong-value',
      phrase('document.should-be', 'In the pipeline file, {path} should be {expected}.', { path: found.path, expected: found.expected }),
      phrase('document.mend', 'Mend the file or export it again.'),
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
    throw refused('document.not-json', phrase('document.no-json', 'This file is not JSON, so it is not a pipeline.'), CHOOSE_SAVED, {
      text: String(error),
    });
  }
}

/** Runs the kind's migrations one version after another. A newer or unknown kind is kept as it is, for the check to name. */
export function migrate(node: DocumentNode, kind: Kind | undefined): DocumentNode {
  if (!kind || node.version >= kind.version) return node;
  let { params } = node;
  for (let version = node.version; version < kind.version; version++) params = kind.migrations?.[version]?.(params) ?? params;
  return { ...node, version: kind.version, params };
}

const CHOOSE_SAVED = phrase('document.choose-saved', 'Choose a file that was saved as a pipeline (.json).');

const refused = (code: string, message: Phrase, hint: Phrase, args: Record<string, Json> = {}) =>
  new ProblemError({ code, message, hint, args });
