"""scikit-learn's side of the forest benchmark, driven by `npm run bench`: the same rows and settings, one thread.

Arguments: the folder with train.x, train.y, test.x, test.y (float32, row-major), the number of columns, of classes (0 = numbers), of trees
(for one tree the most levels, 0 = any). Reads a title a line, answers `{"ms"}` in CPU milliseconds, or `{"quality"}` on the test rows: AUC, or R² for numbers.
"""
import json
import pathlib
import sys
import time

import numpy as np
import sklearn
from sklearn import ensemble, tree
from sklearn.metrics import r2_score, roc_auc_score
from threadpoolctl import threadpool_limits

threadpool_limits(1)
folder = pathlib.Path(sys.argv[1])
cols, classes, trees = (int(text) for text in sys.argv[2:5])
X, y, T, t = (
    np.fromfile(folder / f"{name}.{part}", "<f4").reshape((-1, cols) if part == "x" else -1)
    for name, part in (("train", "x"), ("train", "y"), ("test", "x"), ("test", "y"))
)
NAMES = {"random": "RandomForest", "extra": "ExtraTrees"}
models = {}


def fit(kind):
    if kind == "tree":
        models[kind] = tree.DecisionTreeClassifier(max_depth=trees or None, min_samples_leaf=5, random_state=0).fit(X, y)
        return
    if kind == "isolation":
        models[kind] = ensemble.IsolationForest(n_estimators=trees, n_jobs=1, random_state=0).fit(X)
        return
    more = {} if classes else {"max_features": 1 / 3}
    make = getattr(ensemble, NAMES[kind] + ("Classifier" if classes else "Regressor"))
    models[kind] = make(n_estimators=trees, n_jobs=1, random_state=0, **more).fit(X, y)


def quality(kind):
    if kind not in models:
        fit(kind)
    if kind == "isolation":
        return roc_auc_score(t, -models[kind].score_samples(T))
    if not classes:
        return r2_score(t, models[kind].predict(T))
    found = models[kind].predict_proba(T)
    return roc_auc_score(t, found[:, 1] if classes == 2 else found, multi_class="ovr")


print(json.dumps({"ready": f"scikit-learn {sklearn.__version__}"}), flush=True)
for line in sys.stdin:
    work, kind = line.split()
    try:
        if work == "quality":
            print(json.dumps({"quality": float(quality(kind))}), flush=True)
            continue
        if work == "score" and kind not in models:
            fit(kind)
        start = time.process_time()
        if work == "score":
            models[kind].score_samples(X)
        else:
            fit(kind)
        print(json.dumps({"ms": (time.process_time() - start) * 1000}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
