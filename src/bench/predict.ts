/** Prediction of boosted trees, 100 of 31 leaves, beside onnxruntime-web on the exported graph, scikit-learn, LightGBM and XGBoost. */
import * as code from '../learners/boosting/learner.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession, runSession } from '../onnx/session.ts';
import { type Area, many } from './area.ts';
import { boostingPeer, fitBoosting } from './boosting.ts';
import { boostingRows } from './learn-data.ts';

const COLS = 28;

export const predictArea: Area = {
  name: 'predict',
  about: 'prediction of 100 boosted trees of 31 leaves',
  contests: (full) => {
    const rows = full ? 1_000_000 : 200_000;
    return [
      {
        title: `${many(rows)} × ${COLS}`,
        open: async () => {
          const train = boostingRows(50_000, COLS, 'train');
          const test = boostingRows(rows, COLS, 'many');
          const fitted = await fitBoosting(train);
          const graph = newGraph('bench');
          const out = code.lower(graph, graph.input('X', 'float', ['batch', COLS]), fitted, 2);
          graph.output(out, 'answer');
          const session = await createSession(encodeModel(graph.finish()));
          const feed = { X: { dtype: 'float' as const, dims: [rows, COLS], data: test.X.values } };
          const asks = ['scikit-learn', 'LightGBM', 'XGBoost'].map((name) => ({ name, work: `predict ${name}` }));
          return {
            entrants: [
              { name: 'millrace', run: () => code.predict(fitted, test.X, 2) },
              { name: 'onnxruntime-web', run: () => runSession(session, feed) },
            ],
            python: boostingPeer(train, test, asks),
            close: () => session.release(),
          };
        },
      },
    ];
  },
};
