/** The thread in which `predict` works: it may be ended when a model file made by others never lets go of it. */
import { connect } from '../base/channel.ts';
import { portToParent } from './parent-port.ts';
import { predictFile } from './predict-file.ts';
import type { PredictAsker, PredictService } from './predict-thread.ts';

const asker = connect<PredictAsker>(portToParent(), {
  predict: (modelFile, rowsFile, allowScripts) =>
    predictFile(
      modelFile,
      rowsFile,
      (problem) => void asker.warn(problem),
      allowScripts,
      async (ms, late, work) => {
        await asker.limit({ ms, problem: late });
        try {
          return await work();
        } finally {
          await asker.limit(null);
        }
      },
    ),
} satisfies PredictService);
