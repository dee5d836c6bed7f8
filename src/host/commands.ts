/** The commands of the command line: run, predict, kinds, help. Answers with the exit status. */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fromUtf8 } from '../base/bytes.ts';
import { type Problem, toProblem } from '../base/problem.ts';
import { inEnglish } from '../base/words.ts';
import type { PipelineDocument } from '../engine/document.ts';
import { documentSchema } from '../engine/document-schema.ts';
import { parseDocument } from '../engine/parse-document.ts';
import type { RunEvent } from '../events/event.ts';
import { exportOnnx } from '../nodes/export-onnx/kind.ts';
import type { Artefact, Results } from '../recipe/results.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import { kinds } from './kinds.ts';
import { modelFile } from './model-file.ts';
import { createNodeEngine } from './node.ts';
import { fileAt } from './node-files.ts';
import { predictInThread } from './predict-thread.ts';
import { progressLine } from './progress-line.ts';
import { board, seenTo } from './race-words.ts';

const HELP = `Millrace on the command line

  run PIPELINE.json      run every node of a pipeline
      --out FOLDER       where files and the registry go (default: millrace-out beside the pipeline)
      --file NAME=PATH   read the file called NAME in the pipeline from PATH; may be given several times
      --workers N        compute workers (default: cores - 1)
      --json             print one JSON line per node instead of text
                         (Ctrl+C: AutoML and training end with the best so far; again: the run ends)
      --allow-scripts    run scripts without a sandbox (also with predict)
  predict MODEL ROWS.csv score rows with a .onnx or .millrace-model file; CSV goes to standard output
  kinds [--json]         list the node kinds
  schema                 print the JSON Schema of pipeline files, for completion in an editor
`;

interface Arguments {
  words: string[];
  flags: Map<string, string[]>;
}
const WITH_VALUE = new Set(['out', 'file', 'workers']);

function parse(args: readonly string[]): Arguments {
  const words: string[] = [];
  const flags = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const found = /^--([\w-]+)(?:=(.*))?$/s.exec(args[i]);
    if (!found) words.push(args[i]);
    else flags.set(found[1], [...(flags.get(found[1]) ?? []), found[2] ?? (WITH_VALUE.has(found[1]) ? (args[++i] ?? '') : '')]);
  }
  return { words, flags };
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const explain = (problem: Problem) => process.stderr.write(`${problem.message}\n  ${problem.hint}\n`);

export async function main(args: readonly string[]): Promise<number> {
  const { words, flags } = parse(args);
  const [command, ...rest] = words;
  try {
    if (command === 'run' && rest.length === 1) return await runPipeline(rest[0], flags);
    if (command === 'predict' && rest.length === 2) {
      process.stdout.write(
        await predictInThread(new URL('./predict.js', import.meta.url), rest[0], rest[1], explain, flags.has('allow-scripts')),
      );
      return 0;
    }
    if (command === 'kinds') {
      for (const kind of kinds.values())
        say(
          flags.has('json')
            ? JSON.stringify({ id: kind.id, title: kind.title, params: kind.params })
            : `${kind.id.padEnd(28)} ${kind.summary}`,
        );
      return 0;
    }
    if (command === 'schema') {
      say(JSON.stringify(documentSchema(kinds.values()), null, 2));
      return 0;
    }
    say(HELP);
    return command === undefined || command === 'help' ? 0 : 2;
  } catch (error) {
    explain(toProblem(error));
    return 1;
  }
}

async function runPipeline(file: string, flags: Arguments['flags']): Promise<number> {
  const document = parseDocument(fromUtf8(await fileAt(file)), kinds);
  const folder = path.dirname(path.resolve(file));
  const output = path.resolve(flags.get('out')?.[0] ?? path.join(folder, 'millrace-out'));
  const files = Object.fromEntries(
    (flags.get('file') ?? []).map((pair): [string, string] => [
      pair.slice(0, pair.indexOf('=')),
      path.resolve(pair.slice(pair.indexOf('=') + 1)),
    ]),
  );
  const engine = await createNodeEngine({
    folder,
    files,
    output,
    samples: path.join(import.meta.dirname, '..', 'public', 'samples'),
    workers: Number(flags.get('workers')?.[0] ?? Math.max(1, os.availableParallelism() - 1)),
    workerScript: new URL('./worker.js', import.meta.url),
    allowScripts: flags.has('allow-scripts'),
  });
  const json = flags.has('json');
  const title = (node: string) => document.nodes[node].title ?? kinds.get(document.nodes[node].kind)?.title ?? node;
  const digests = new Map<string, { type: string; digest: string }[]>();
  const progress = progressLine(process.stderr, title);
  const stoppable = new Set<string>();
  engine.subscribe((event: RunEvent) => {
    if (event.type === 'step-started' && kinds.get(document.nodes[event.node].kind)?.tags?.stoppable) stoppable.add(event.node);
    if (event.type !== 'step-progress' && event.type !== 'step-log') progress.clear();
    if (event.type === 'step-done') stoppable.delete(event.node);
    if (event.type === 'step-done') digests.set(event.node, Object.values(event.outputs));
    if (json && (event.type === 'step-done' || event.type === 'step-failed' || event.type === 'step-blocked'))
      return say(JSON.stringify(event));
    if (event.type === 'step-done') {
      const line = Object.values(event.outputs)
        .map((output) => inEnglish(output.headline))
        .filter(Boolean);
      say(
        `✓ ${title(event.node).padEnd(28)} ${(event.state === 'reused' ? 'reused' : `${Math.round(event.ms)} ms`).padStart(9)}  ${line.join(' | ')}`,
      );
      for (const note of event.notes) say(`    ${note.message}`);
    }
    if (event.type === 'step-failed') {
      say(`✗ ${title(event.node)}`);
      explain(event.problem);
    }
    if (event.type === 'step-blocked') say(`– ${title(event.node)} waits for ${title(event.by)}`);
    if (!json) progress.take(event);
  });
  const { problems } = await engine.check(document);
  for (const problem of problems.filter((found) => found.severity !== 'note'))
    process.stderr.write(`${problem.at.node ? `${title(problem.at.node)}: ` : ''}${problem.message}\n  ${problem.hint}\n`);
  const run = await engine.run(document, { scope: { type: 'all' } });
  // The first Ctrl+C asks steps that can to end with the best that they have, a further one ends the run.
  const interrupt = () => {
    progress.clear();
    if (stoppable.size === 0) return engine.cancel(run);
    process.stderr.write('Stopping with the best so far. Press Ctrl+C again to end the run at once.\n');
    for (const node of stoppable) engine.stopStep(run, node);
    stoppable.clear();
  };
  process.on('SIGINT', interrupt);
  const finished = await engine.ended(run);
  process.off('SIGINT', interrupt);
  await mkdir(output, { recursive: true });
  for (const [node, values] of digests) {
    for (const { type, digest } of values) {
      if (type === 'results') {
        const results = (await engine.value(digest)) as Results;
        await writeFile(path.join(output, `${node}.results.json`), summaryOf(results));
        const model = values.find((value) => value.type === 'model');
        if (!results.race) continue;
        if (!json) {
          const trials = `${title(node)}: ${results.race.rows.length} trials`;
          say(['', trials, ...board(results.race, results), ...seenTo(results.race), ''].join('\n'));
        }
        if (!model || isExported(document, node)) continue;
        const made = await modelFile((await engine.value(model.digest)) as AnyModel);
        if (made.problem) explain(made.problem);
        else await writeFile(path.join(output, `${node}.onnx`), made.bytes);
        if (!json && !made.problem) say(`${title(node)}: model in ${path.join(output, `${node}.onnx`)}, ${made.said}\n`);
      }
      if (type === 'artefact') {
        const artefact = (await engine.value(digest)) as Artefact;
        if (artefact.bytes.length > 0) await writeFile(path.join(output, path.basename(artefact.name)), artefact.bytes);
      }
    }
  }
  engine.close();
  // The page lets a half-drawn pipeline complete; a script that calls this must hear that not everything ran.
  const whole = finished?.status !== 'Completed' || problems.every((found) => found.severity !== 'error');
  if (!json) say(`${finished?.status}${whole ? '' : ', but not every step could run'} · files in ${output}`);
  return finished?.status === 'Completed' && whole ? 0 : 1;
}

/** Whether the pipeline itself writes the model of this node to a file. */
const isExported = ({ nodes, wires }: PipelineDocument, node: string): boolean =>
  Object.values(wires).some(({ from, to }) => from.node === node && nodes[to.node]?.kind === exportOnnx.id);

/** Metrics by model; row-level predictions stay in the app. */
const summaryOf = ({ task, target, classes, primary, models }: Results): string =>
  JSON.stringify(
    {
      task,
      target,
      classes,
      primary,
      models: models.map(({ name, metrics, sd, foldMetrics, notes }) => ({ name, metrics, sd, foldMetrics, notes })),
    },
    null,
    2,
  );
