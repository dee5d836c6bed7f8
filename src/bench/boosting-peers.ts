/** scikit-learn and LightGBM over the same float32 rows. */
import type { BoostingRows } from './boosting-data.ts';
import { type PythonPeer, pythonPeer } from './python-peer.ts';

export const boostingPeers = (train: BoostingRows, test: BoostingRows): Promise<PythonPeer | undefined> =>
  pythonPeer(
    'boosting_speed.py',
    { 'train.x': train.X.values, 'train.y': Float32Array.from(train.y), 'test.x': test.X.values, 'test.y': Float32Array.from(test.y) },
    [String(train.X.cols)],
  );
