/**
 * Words of node kinds in the current language, falling back to the English that stands in their records.
 * Kinds are found by id; labels, help and options by their English text, because many kinds share them.
 */
import type { SampleInfo } from '../../host/protocol.ts';
import type { Kind } from '../../kind/kind.ts';
import type { Param } from '../../kind/params.ts';
import type { Port } from '../../kind/ports.ts';
import { lookUp } from './text.ts';

export const kindText = (kind: Kind, field: 'title' | 'summary'): string => lookUp('kinds', kind.id, field) ?? kind[field];

/** Any text that a record of a kind holds: a label, a help sentence, the name of an option or of a list's item. */
export const wordText = (english: string): string => lookUp('words', english) ?? english;

export const paramText = (_kind: Kind, _id: string, param: Param, field: 'label' | 'help'): string => wordText(param[field]);

export const optionText = (_kind: Kind, _param: string, option: { value: string; label: string }): string => wordText(option.label);

export const portText = (port: Port): string => wordText(port.title);

/** A bundled sample in the current language; what the catalogue says where there are no words (the source of a published one). */
export const sampleText = (sample: SampleInfo, field: 'title' | 'summary' | 'source'): string =>
  lookUp('samples', sample.name, field) ?? sample[field];
