"""scikit-learn's side of the distances benchmark, driven by `npm run bench`: the same rows and settings, one thread.

Arguments: the folder with train.x and, for neighbours, train.y, test.x and test.y (float32, row-major), and the number of columns. Reads a title a line,
answers `{"ms"}` in CPU milliseconds, or `{"quality"}`: the share of test rows told right, or the inertia.
"""
import json
import pathlib
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.neighbors import KNeighborsClassifier
from threadpoolctl import threadpool_limits

threadpool_limits(1)
folder, cols = pathlib.Path(sys.argv[1]), int(sys.argv[2])


def read(name):
    file = folder / name
    return np.fromfile(file, "<f4").reshape((-1, cols) if name.endswith("x") else -1) if file.exists() else None


rows = {"float32": read("train.x"), "float64": read("train.x").astype(float)}
y, queries, truth = read("train.y"), read("test.x"), read("test.y")


def search(kind):
    model = KNeighborsClassifier(5).fit(rows[kind], y)
    return model.predict_proba(queries.astype(kind))


def group(kind):
    return [KMeans(10, n_init=1, random_state=seed).fit(rows[kind]).inertia_ for seed in range(3)]


print(json.dumps({"ready": f"scikit-learn {sklearn.__version__}"}), flush=True)
for line in sys.stdin:
    work, kind = line.strip().split(" ", 1)
    try:
        if work == "right":
            print(json.dumps({"quality": float(np.mean((search(kind)[:, 1] > 0.5) == truth))}), flush=True)
        elif work == "inertia":
            print(json.dumps({"quality": float(np.mean(group(kind)))}), flush=True)
        else:
            start = time.process_time()
            search(kind) if work == "search" else group(kind)
            print(json.dumps({"ms": (time.process_time() - start) * 1000}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
