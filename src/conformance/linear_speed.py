"""scikit-learn's side of the benchmark of linear models, driven by `npm run bench`: the same rows in float64, penalties and tolerances, one thread.

Arguments: the folder with train.x, train.y, test.x, test.y (float32, row-major), the number of columns, and of classes (0 = numbers). Reads a title a
line, answers `{"ms"}` in CPU milliseconds, or `{"quality"}` on the test rows: the log loss, or the root of the mean square error.
"""
import json
import pathlib
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LassoCV, LogisticRegression, PoissonRegressor, Ridge, lasso_path
from sklearn.metrics import log_loss, root_mean_squared_error
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

warnings.filterwarnings("ignore")
threadpool_limits(1)
folder, cols, classes = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
X, y, T, t = (
    np.fromfile(folder / f"{name}.{part}", "<f4").astype(float).reshape((-1, cols) if part == "x" else -1)
    for name, part in (("train", "x"), ("train", "y"), ("test", "x"), ("test", "y"))
)
MAKE = {
    "Ridge": lambda: Ridge(alpha=10),
    "LassoCV": lambda: LassoCV(cv=5),
    "LogisticRegression": lambda: LogisticRegression(tol=1e-4),
    "liblinear": lambda: LogisticRegression(l1_ratio=1, C=0.01, solver="liblinear", tol=1e-4),
    "saga": lambda: LogisticRegression(l1_ratio=1, C=0.01, solver="saga", tol=1e-4),
    "PoissonRegressor": lambda: PoissonRegressor(alpha=0.01, tol=1e-4),
    "LinearSVC": lambda: CalibratedClassifierCV(LinearSVC(C=0.1, tol=1e-4), ensemble=False, cv=5),
    "GaussianNB": lambda: GaussianNB(),
}
models = {}


def fit(name):
    if name == "lasso_path":
        # As our path: the means taken off within the time.
        lasso_path(X - X.mean(0), y - y.mean())
    else:
        models[name] = MAKE[name]().fit(X, y)


def judge(name):
    if name not in models:
        fit(name)
    if classes:
        return log_loss(t, models[name].predict_proba(T))
    return root_mean_squared_error(t, models[name].predict(T))


print(json.dumps({"ready": f"scikit-learn {sklearn.__version__}"}), flush=True)
for line in sys.stdin:
    work, name = line.strip().split(" ", 1)
    try:
        if work == "judge":
            print(json.dumps({"quality": float(judge(name))}), flush=True)
            continue
        start = time.process_time()
        fit(name)
        print(json.dumps({"ms": (time.process_time() - start) * 1000}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
