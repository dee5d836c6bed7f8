"""scikit-learn's side of the network benchmark, driven by `npm run bench`: the same float32 rows and settings, one thread.

Arguments: the folder with train.x, train.y, test.x, test.y (float32, row-major), the number of columns, and the settings as JSON.
Reads a line, answers `{"ms"}` in CPU milliseconds for `fit`, or the AUC on the test rows as `{"quality"}`.
"""
import json
import pathlib
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

warnings.filterwarnings("ignore")
threadpool_limits(1)
folder, cols, settings = pathlib.Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
X, y, T, t = (
    np.fromfile(folder / f"{name}.{part}", "<f4").reshape((-1, cols) if part == "x" else -1)
    for name, part in (("train", "x"), ("train", "y"), ("test", "x"), ("test", "y"))
)
y = y.astype(int)
model = None

print(json.dumps({"ready": f"scikit-learn {sklearn.__version__}"}), flush=True)
for line in sys.stdin:
    try:
        if line.strip() == "auc":
            print(json.dumps({"quality": float(roc_auc_score(t, model.predict_proba(T)[:, 1]))}), flush=True)
            continue
        start = time.process_time()
        model = MLPClassifier(
            settings["hidden"],
            batch_size=settings["batch"],
            max_iter=settings["epochs"],
            learning_rate_init=settings["rate"],
            alpha=0,
            n_iter_no_change=settings["epochs"] + 1,
        ).fit(X, y)
        print(json.dumps({"ms": (time.process_time() - start) * 1000}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
