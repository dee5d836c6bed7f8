/** Tags as nodes ask for them: a list of names and values. */
import { list, type ParamValues, text } from '../kind/params.ts';

export const tagsParam = list('Tags', [], 'Words to find it by: a name and a value each.', {
  item: { name: text('Name', '', 'For example: team.'), value: text('Value', '', 'For example: marketing.') },
  itemLabel: 'tag',
  advanced: true,
});

/** Name → value; rows without a name are left out, the last of two equal names wins. */
export const tagsOf = (params: ParamValues): Record<string, string> =>
  Object.fromEntries(
    (params.tags as { name: string; value: string }[]).filter((tag) => tag.name.trim() !== '').map((tag) => [tag.name.trim(), tag.value]),
  );
