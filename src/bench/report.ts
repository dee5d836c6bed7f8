/** The tables: as text while they are made, and as a section of measured.md. */
import { ratios, type Spread, spreadOf, type Timing } from './measure.ts';

export type Where = 'Node' | 'Chromium';
export interface Row {
  area: string;
  about: string;
  where: Where;
  title: string;
  /** Ours first. */
  timings: Timing[];
  notes: string[];
}

const ms = (value: number) => (value < 10 ? value.toFixed(value < 1 ? 2 : 1) : value.toFixed(0));
const times = (value: number) => value.toFixed(value < 10 ? 2 : 0);
const range = ([, least, most]: Spread, text: (value: number) => string) => `(${text(least)}–${text(most)})`;
const timeText = (timing: Timing) => `${ms(spreadOf(timing)[0])} ${range(spreadOf(timing), ms)}`;
const ratioText = (spread: Spread) => `${times(spread[0])}× ${range(spread, times)}`;

/** After a peer's name: it has no such work. */
export const NOT_OFFERED = ' does not offer this';
/** A note on a peer that could not do the work. */
const FAILED = /^(.+?) (?:fails: |left out: |was not asked|does not offer this)/;

/** What stands in a peer's cell in place of a time, from the note on it; undefined where the note has more to say. */
function reasonCell(note: string): string | undefined {
  if (note.endsWith(NOT_OFFERED)) return 'not offered';
  const late = /fails: no answer within (\S+ s)$/.exec(note);
  if (late) return `more than ${late[1]}`;
  return note.includes('fails: its process ended') ? 'its process ended' : undefined;
}
const FAILS = ' fails: ';
/** Whether the peer was asked and came to no answer. */
export const unfinishedBy = ({ notes }: Row, peer: string): boolean => notes.some((note) => note.startsWith(peer + FAILS));

/** The row with the peers of an earlier run of the same work that this run did not ask, each against ours in its own run. */
export function withEarlierPeers<R extends Row & { how: string }>(row: R, old: R): R {
  const [ours] = old.timings;
  const asked = (name: string) =>
    row.timings.some((timing) => timing.name === name) || row.notes.some((note) => note.startsWith(`${name} `));
  const kept = old.timings.slice(1).filter(({ name }) => !asked(name));
  const stays = (note: string) => {
    const failed = FAILED.exec(note)?.[1];
    return failed === undefined ? kept.some(({ name }) => note.startsWith(`${name} `)) : !asked(failed);
  };
  const [first, ...theirs] = row.timings;
  const notes = old.notes.filter((note) => stays(note) && !row.notes.includes(note));
  if (!first || kept.length + notes.length === 0) return row;
  return {
    ...row,
    timings: [first, ...kept.map((timing) => ({ ...timing, against: timing.against ?? ours.times })), ...theirs],
    notes: [...notes, ...row.notes],
    how: [...new Set([...old.how.split('; '), ...row.how.split('; ')])].join('; '),
  };
}

/** One line: ours, then each peer with its time ÷ ours; notes below. */
export function rowText({ title, timings, notes }: Row): string {
  const [ours, ...theirs] = timings;
  const cells = theirs.map((timing) => `${timing.name} ${timeText(timing)} = ${ratioText(ratios(timing, ours))}`);
  const own = ours ? `${ours.name} ${timeText(ours)}` : '';
  return [[title.padEnd(44), own, ...cells].join('  ').trimEnd(), ...notes.map((note) => `    ${note}`)].join('\n');
}
export const headText = ({ area, about, where }: Row): string => `\n${area}: ${about}; ${unitOf(where)}, median (least–most); peer ÷ ours`;
const unitOf = (where: Where) => (where === 'Node' ? 'Node, CPU ms' : 'Chromium worker, wall ms');

const START = '<!-- bench: npm run conformance:speed -- --full --markdown -->';
const END = '<!-- /bench -->';

const headOf = (hows: readonly string[]) =>
  `Measured ${[...new Set(hows)].join('; ')}. Milliseconds as median (least–most) of interleaved runs; × is the peer’s time ÷ ours in the run that asked it, so larger is better for us.`;

/** One table per area and realm: a line per work, ours and the peers with their ratios. `how`: date and machine. */
export function markdownOf(rows: readonly (Row & { how: string })[]): string {
  const parts = [headOf(rows.flatMap(({ how }) => how.split('; ')))];
  const keyOf = ({ area, where }: Row) => `${area} ${where}`;
  for (const key of new Set(rows.map(keyOf))) {
    const group = rows.filter((row) => keyOf(row) === key);
    const [{ about, area, where }] = group;
    const names = [...new Set(group.flatMap(({ timings }) => timings.map(({ name }) => name)))];
    const lines = group
      .filter(({ timings }) => timings.length > 0)
      .map(({ title, timings, notes }) => {
        const cells = names.map((name) => {
          const found = timings.find((timing) => timing.name === name);
          if (!found) {
            const note = notes.find((each) => FAILED.exec(each)?.[1] === name) ?? '';
            return reasonCell(note) ?? (note.includes(FAILS) ? 'fails' : '–');
          }
          return found === timings[0] ? timeText(found) : `${ms(spreadOf(found)[0])} = ${ratioText(ratios(found, timings[0]))}`;
        });
        return `| ${[title, ...cells].join(' | ')} |`;
      });
    const notes = group.flatMap(({ title, timings, notes: own }) =>
      own
        .filter((note) => !names.includes(FAILED.exec(note)?.[1] ?? '') || !reasonCell(note))
        .map((note) => `- ${timings.length > 0 ? `${title}: ` : ''}${note}`),
    );
    parts.push(`**${area}**: ${about} (${unitOf(where)})`);
    if (lines.length > 0) parts.push([`| work | ${names.join(' | ')} |`, `|---|${names.map(() => '---').join('|')}|`, ...lines].join('\n'));
    if (notes.length > 0) parts.push(notes.join('\n'));
  }
  return parts.join('\n\n');
}

interface Tables {
  hows: string[];
  /** Text of each table by area and realm. */
  of: Map<string, string>;
}
function tablesIn(text: string): Tables {
  const [head = '', ...tables] = text.trim().split(/\n\n(?=\*\*\S+\*\*: )/);
  const hows = /^Measured (.*?)\. Milliseconds/.exec(head)?.[1].split('; ') ?? [];
  return {
    hows,
    of: new Map(tables.map((table) => [/^\*\*(\S+)\*\*: .*\((Node|Chromium)/.exec(table)?.slice(1).join(' ') ?? table, table])),
  };
}

/**
 * The document with the tables between its marks, in the order of the areas' names; tables there of other areas and realms stay, as another machine may
 * have made them. Throws where it has no marks.
 */
export function intoDocument(document: string, tables: string, areas: readonly string[]): string {
  const [from, to] = [document.indexOf(START), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`The document has no lines “${START}” and “${END}” to write between.`);
  const [old, made] = [tablesIn(document.slice(from + START.length, to)), tablesIn(tables)];
  const stays = [...old.of.keys()].some((key) => !made.of.has(key));
  const place = (key: string) => areas.indexOf(key.split(' ')[0]) * 2 + (key.endsWith('Node') ? 0 : 1);
  const all = [...new Map([...old.of, ...made.of])].sort(([a], [b]) => place(a) - place(b)).map(([, table]) => table);
  const text = [headOf(stays ? [...old.hows, ...made.hows] : made.hows), ...all].join('\n\n');
  return `${document.slice(0, from + START.length)}\n\n${text}\n\n${document.slice(to)}`;
}
