"""scikit-learn's, LightGBM's and XGBoost's side of the boosting benchmark, driven by `npm run bench`: the same rows and settings, one thread.

Arguments: the folder with train.x, train.y, test.x, test.y (float32, row-major) and the number of columns. Reads a title a line,
answers `{"ms"}` in CPU milliseconds, or the AUC as `{"quality"}` on the test rows.
"""
import json
import pathlib
import sys
import time

import lightgbm
import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

threadpool_limits(1)
folder, cols = pathlib.Path(sys.argv[1]), int(sys.argv[2])
X, y, T, t = (
    np.fromfile(folder / f"{name}.{part}", "<f4").reshape((-1, cols) if part == "x" else -1)
    for name, part in (("train", "x"), ("train", "y"), ("test", "x"), ("test", "y"))
)
LIGHT = dict(objective="binary", num_leaves=31, learning_rate=0.1, max_bin=255, min_data_in_leaf=20, num_threads=1, verbose=-1)
HIST = dict(max_iter=100, max_leaf_nodes=31, learning_rate=0.1, min_samples_leaf=20, early_stopping=False)
XGB = dict(
    objective="binary:logistic",
    tree_method="hist",
    grow_policy="lossguide",
    max_leaves=31,
    max_depth=0,
    eta=0.1,
    max_bin=255,
    min_child_weight=5,
    nthread=1,
)
models = {}


def fit(name):
    if name == "LightGBM":
        models[name] = lightgbm.train(LIGHT, lightgbm.Dataset(X, y), 100)
    elif name == "XGBoost":
        models[name] = xgboost.train(XGB, xgboost.DMatrix(X, y, nthread=1), 100)
    else:
        models[name] = HistGradientBoostingClassifier(**HIST).fit(X, y)


def predict(name):
    if name not in models:
        fit(name)
    if name == "LightGBM":
        return models[name].predict(T, num_threads=1)
    if name == "XGBoost":
        return models[name].inplace_predict(T)
    return models[name].predict_proba(T)[:, 1]


print(json.dumps({"ready": f"scikit-learn {sklearn.__version__}, LightGBM {lightgbm.__version__}, XGBoost {xgboost.__version__}"}), flush=True)
for line in sys.stdin:
    work, name = line.strip().split(" ", 1)
    try:
        if work == "auc":
            print(json.dumps({"quality": float(roc_auc_score(t, predict(name)))}), flush=True)
            continue
        if work == "predict" and name not in models:
            fit(name)
        repeats = 10 if work == "fit" and len(X) < 5000 else 1
        start = time.process_time()
        for _ in range(repeats):
            fit(name) if work == "fit" else predict(name)
        print(json.dumps({"ms": (time.process_time() - start) * 1000 / repeats}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
