/** Runs Import ONNX: reads the file, makes the model, and tries it once in onnxruntime so that a bad or endless file fails here. */
import type { Json } from '../../base/json.ts';
import { ProblemError, problemWords } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { FileRef, ParamValues } from '../../kind/params.ts';
import type { NodeCode, Services } from '../../kind/run.ts';
import type { Model } from '../../recipe/model.ts';
import { tryInTime } from '../foreign-trial.ts';
import { foreignModel } from './foreign-model.ts';
import { importOnnx } from './kind.ts';

async function read(params: ParamValues, services: Services): Promise<Model> {
  const ref = params.file as unknown as FileRef | null;
  if (!ref) {
    throw new ProblemError({
      code: 'import-onnx.no-file',
      at: { param: 'file' },
      message: 'No file is chosen yet.',
      hint: 'Drop an .onnx file on this node, or choose one under File.',
    });
  }
  return foreignModel(await services.readFile(ref), ref.name, importOnnx.version, params);
}

export const run: NodeCode['run'] = async ({ params, services, log, within }) => {
  const model = await read(params, services);
  const failed = await tryInTime(model, within, { param: 'file' });
  if (failed)
    log(phrase('log.foreign-trial', 'A trial row of zeros and empty texts has no answer: {reason}', { reason: problemWords(failed) }));
  log(
    model.classes
      ? phrase('log.foreign-classes', '{inputs} input columns; answers with {classes} classes', {
          inputs: model.inputs.length,
          classes: model.classes.length,
        })
      : phrase('log.foreign-number', '{inputs} input columns; answers with a number', { inputs: model.inputs.length }),
  );
  for (const note of model.about.notes) log(note);
  return { model };
};

/** The schema of the model's inputs, task and classes. */
export const probe: NodeCode['probe'] = async (params, services): Promise<Json> => {
  const { inputs, task, target, classes } = await read(params, services);
  return {
    inputs: inputs.map(({ name, type, categories }) => ({ name, type, ...(categories ? { categories: [...categories] } : {}) })),
    task,
    ...(target === undefined ? {} : { target }),
    ...(classes ? { classes: [...classes] } : {}),
  };
};
