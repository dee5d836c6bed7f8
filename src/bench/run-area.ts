/** Runs an area's contests on a stage, with Python beside it where it is given, all in turn. */
import type { Area, Contest, Entered, PythonPeer } from './area.ts';
import { type Candidate, measure } from './measure.ts';
import { type Python, startPython } from './python-peer.ts';
import type { Row } from './report.ts';
import type { Player, Stage } from './stages.ts';

export interface Manner {
  full: boolean;
  rounds: number;
  /** Only works whose title has one of these in it. */
  cases?: readonly string[];
  /** Only these peers' processes, by the beginning of their names. */
  peers?: readonly string[];
  /** Seconds that one of the verbs may take a candidate. */
  limitS?: number;
  tell: (row: Row) => void;
}

export const isChosen = (title: string, { cases }: Manner): boolean => !cases || cases.some((part) => title.includes(part));
export const takesPart = (name: string, { peers }: Manner): boolean =>
  !peers || peers.some((start) => name.toLowerCase().startsWith(start.toLowerCase()));

/** Python processes of an area: one per contest, or one that contests share. */
function pythons() {
  let held: { key: string; python: Python } | undefined;
  return {
    start: async (peer: PythonPeer): Promise<Python> => {
      if (held && peer.shared && held.key === peer.shared) return held.python;
      await held?.python.close();
      held = { key: peer.shared ?? '', python: await startPython(peer) };
      return held.python;
    },
    close: async () => held?.python.close(),
  };
}

function askedOf(python: Python, { name, work, quality }: PythonPeer['asks'][number]): Player {
  const ask = async (line: string) => {
    const answer = await python.process.ask(line);
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  return {
    name,
    once: async () => {
      const { ms } = await ask(work);
      if (ms === undefined) throw new Error('does not offer this');
      return ms;
    },
    ...(quality && { quality: async () => (await ask(quality)).quality ?? Number.NaN }),
  };
}

async function qualityNote({ quality }: Contest, players: readonly Player[]): Promise<string[]> {
  if (!quality) return [];
  const found: string[] = [];
  for (const player of players) if (player.quality) found.push(`${player.name} ${(await player.quality()).toFixed(quality.digits)}`);
  return found.length > 0 ? [`${quality.name}: ${found.join(', ')}`] : [];
}

/** One contest; whoever cannot take part is named in the notes. */
async function runContest(area: Area, number: number, stage: Stage, manner: Manner, python: ReturnType<typeof pythons>): Promise<void> {
  const contest = area.contests(manner.full)[number];
  const notes: string[] = [];
  let entered: Promise<Entered> | undefined;
  // Made in this process only where something here needs it.
  const enter = () => (entered ??= Promise.resolve(contest.open()));
  const play = await stage.open(area, number, manner.full, enter);
  try {
    const players = [...play.players];
    const peer = process.env.MILLRACE_PYTHON ? (await enter()).python : undefined;
    try {
      const started = peer && (await python.start(peer));
      if (started) players.push(...peer.asks.map((ask) => askedOf(started, ask)));
    } catch (error) {
      notes.push(`Python left out: ${(error as Error).message}`);
    }
    const candidates: Candidate[] = players.map(({ name, once }) => ({ name, once }));
    const { timings, notes: failures } = await measure(candidates, manner.rounds);
    const able = players.filter(({ name }) => timings.some((timing) => timing.name === name));
    notes.push(...(await qualityNote(contest, able)), ...(await play.notes()), ...failures);
    manner.tell({ area: area.name, about: area.about, where: stage.where, title: contest.title, timings, notes });
  } finally {
    await play.close();
    if (stage.where !== 'Node') await (await entered)?.close?.();
  }
}

export async function runArea(area: Area, stage: Stage, manner: Manner): Promise<void> {
  const python = pythons();
  try {
    for (const [number, { title }] of area.contests(manner.full).entries()) {
      if (!isChosen(title, manner)) continue;
      try {
        await runContest(area, number, stage, manner, python);
      } catch (error) {
        const note = `${stage.where} failed: ${(error as Error).message.split('\n')[0]}`;
        manner.tell({ area: area.name, about: area.about, where: stage.where, title, timings: [], notes: [note] });
      }
    }
  } finally {
    await python.close();
  }
}
