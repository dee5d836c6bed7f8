/** Every kind, label, help sentence and option has its Chinese words. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import samples from '../../../public/samples/index.json' with { type: 'json' };
import type { SampleInfo } from '../../host/protocol.ts';
import type { Params } from '../../kind/params.ts';
import { METRICS } from '../../metrics/metric-info.ts';
import { allNodes } from '../../nodes/registry.ts';
import { kindText, sampleText, wordText } from './kind-text.ts';
import { lookUp, setLanguage } from './text.ts';

beforeAll(() => setLanguage('zh'));
afterAll(() => setLanguage('en'));

const kinds = allNodes.map((entry) => entry.kind);

it('titles and summaries', () => {
  expect(kinds.filter((kind) => !lookUp('kinds', kind.id, 'title') || !lookUp('kinds', kind.id, 'summary')).map((k) => k.id)).toEqual([]);
  expect(kindText(kinds[0], 'title')).not.toBe(kinds[0].title);
});

it('metrics', () => {
  expect(Object.keys(METRICS).filter((name) => !lookUp('metrics', name, 'name') || !lookUp('metrics', name, 'meaning'))).toEqual([]);
});

it('samples', () => {
  const missing = samples.filter(({ name, source }) => {
    const said = lookUp('samples', name, 'title') && lookUp('samples', name, 'summary');
    return !said || (source.startsWith('Synthetic') && !lookUp('samples', name, 'source'));
  });
  expect(missing.map(({ name }) => name)).toEqual([]);
  expect(sampleText(samples[0] as SampleInfo, 'title')).not.toBe(samples[0].title);
});

it('words of ports and parameters', () => {
  const english = new Set<string>();
  const walk = (params: Params) => {
    for (const param of Object.values(params)) {
      for (const text of [param.label, param.help, param.section ?? '']) english.add(text);
      if ('auto' in param && param.auto) english.add(param.auto);
      // Examples of what may be typed are the same in every language; sentences are not.
      if ('placeholder' in param && param.placeholder && /^[a-z]+( [a-z]+)+$/.test(param.placeholder)) english.add(param.placeholder);
      if (param.type === 'choice') for (const option of param.options) english.add(option.label);
      if (param.type === 'list') {
        english.add(param.itemLabel);
        walk(param.item);
      }
    }
  };
  for (const kind of kinds) {
    for (const port of [...kind.inputs, ...kind.outputs]) english.add(port.title);
    walk(kind.params);
  }
  english.delete('');
  expect([...english].filter((text) => lookUp('words', text) === undefined)).toEqual([]);
  expect(wordText('never written anywhere')).toBe('never written anywhere');
});
