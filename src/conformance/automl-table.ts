/** AutoML, the best library default and other AutoMLs in one markdown table: a row per set and fold, then how ours stands against each. */
import { BEHIND, behindOn, ERRORS, MOST, NEAR, type Own, type Pair, shareOf, standOf } from './automl-shares.ts';
import { markdown, meanOf, medianOf } from './mean.ts';

/** What a peer reached on one fold of a set: a value, or why there is none. */
export interface Theirs {
  set: string;
  fold: number;
  /** Its name with its version. */
  peer: string;
  value?: number;
  failed?: string;
  /** Seconds that its fit took. */
  took?: number;
}

interface Rival {
  name: string;
  of: (line: Own) => Theirs | undefined;
}

const LIBRARY = 'library default';
const digits = (value: number) => (Math.abs(value) < 1e5 ? value.toPrecision(5) : value.toFixed(0));
const cellOf = (line: Theirs | undefined) => (line?.value !== undefined ? digits(line.value) : line?.failed ? 'failed' : '–');

function rowOf(own: Own, rivals: readonly Rival[]): (string | number)[] {
  const theirs = rivals.map(({ of }) => of(own));
  const shares = theirs.map((line) => (line?.value === undefined ? '–' : shareOf({ own, rival: line.value }).toFixed(3)));
  const [library, ...others] = theirs.map(cellOf);
  return [own.set, own.fold, own.metric, digits(own.constant), `${library} ${own.peer}`, digits(own.ours), ...others, ...shares];
}

/** One rival's row of the second table, none where it has no value; and what is to be said below. */
function summaryOf({ name, of }: Rival, lines: readonly Own[]): { rows: (string | number)[][]; notes: string[] } {
  const answers = lines.flatMap((line) => of(line) ?? []);
  const failed = answers.filter((line) => line.failed !== undefined);
  const notes = failed.map((line) => `${name} failed on ${line.set}, fold ${line.fold}: ${line.failed}`);
  const pairs = lines.flatMap((own): Pair[] => {
    const rival = of(own)?.value;
    return rival === undefined ? [] : [{ own, rival }];
  });
  if (pairs.length === 0) return { rows: [], notes };
  const shares = pairs.map(shareOf);
  const count = (stand: string) => pairs.filter((pair) => standOf(pair) === stand).length;
  const { sets, behind } = behindOn(pairs);
  const versions = [...new Set(answers.filter(({ value }) => value !== undefined).map(({ peer }) => peer))];
  const times = answers.flatMap(({ took }) => took ?? []);
  const row = [
    name === LIBRARY ? name : versions.join(', '),
    pairs.length,
    failed.length,
    meanOf(shares).toFixed(3),
    medianOf(shares).toFixed(3),
    `${count('ahead')} / ${count('level')} / ${count('behind')}`,
    sets === 0 ? '–' : `${behind.length} of ${sets}`,
    times.length === 0 ? '–' : Math.max(...times).toFixed(1),
  ];
  for (const { set, mean, error, folds } of behind)
    notes.push(`ours is behind ${name} on ${set}: share ${(1 + mean).toFixed(3)} ± ${error.toFixed(3)} over ${folds} folds`);
  return { rows: [row], notes };
}

/** Of a peer's lines of one set and fold the last counts. */
export function automlTable(ours: readonly Own[], peers: ReadonlyMap<string, readonly Theirs[]>, seconds: number): string {
  const sets = [...new Set(ours.map(({ set }) => set))];
  const lines = ours.toSorted((a, b) => sets.indexOf(a.set) - sets.indexOf(b.set) || a.fold - b.fold);
  const key = ({ set, fold }: { set: string; fold: number }) => `${set} ${fold}`;
  const others = [...peers].map(([name, list]): Rival => {
    const at = new Map(list.map((line) => [key(line), line]));
    return { name, of: (line) => at.get(key(line)) };
  });
  const library: Rival = { name: LIBRARY, of: ({ set, fold, peer, best }) => ({ set, fold, peer, value: best }) };
  const rivals = [library, ...others];
  const names = rivals.map(({ name }) => name);
  const head = ['set', 'fold', 'metric', 'constant', LIBRARY, 'ours', ...names.slice(1), ...names.map((name) => `share of ${name}`)];
  const summaries = rivals.map((rival) => summaryOf(rival, lines));
  const sums = ['against', 'runs', 'failed', 'mean share', 'median', 'ahead / level / behind', 'sets behind', 'longest fit, s'];
  const notes = summaries.flatMap((summary) => summary.notes);
  return [
    `AutoML with ${seconds} s. A share is (ours − constant) / (theirs − constant), clipped to [0, ${MOST}]; level is nearer than ${NEAR} of (theirs − constant). A set of several folds is behind where the mean of its shares, not clipped, is under ${1 - BEHIND} and more than ${ERRORS} standard errors under 1.`,
    markdown([head, ...lines.map((line) => rowOf(line, rivals))]),
    markdown([sums, ...summaries.flatMap(({ rows }) => rows)]),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}
