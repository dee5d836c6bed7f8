"""FLAML on the shared sets and folds, with the same seconds and cores as AutoML; a JSON line per fold is appended. Run by automl.mjs."""
import json
import logging
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from flaml import AutoML
from flaml import __version__ as version
from sklearn import metrics

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
request = json.loads(Path(sys.argv[1]).read_text())
data, out = Path(request["data"]), Path(request["out"])
manifest = {item["name"]: item for item in json.loads((data / "MANIFEST.json").read_text())["tabular"]}
METRIC = {"binary": "roc_auc", "multiclass": "log_loss", "regression": "rmse"}


def load(name):
    item = manifest[name]
    classify = item["problem"] != "regression"
    types = {column: str for column, kind in item["kinds"].items() if kind not in ("numeric", "datetime")}
    if classify:
        types[item["target"]] = str
    frame = pd.read_csv(data / item["file"], dtype=types, keep_default_na=False, na_values=[""])
    for column, kind in item["kinds"].items():
        if kind == "datetime":
            frame[column] = pd.to_datetime(frame[column])
        elif kind != "numeric":
            frame[column] = frame[column].astype("category")
    fold = np.array(json.loads((data / item["folds"]).read_text())["fold_of_row"])
    return item, frame, list(item["kinds"]), classify, fold


def score(problem, truth, model, rows, classes):
    if problem == "regression":
        return float(np.sqrt(np.mean((truth - model.predict(rows)) ** 2)))
    shares = model.predict_proba(rows)
    if problem == "binary":
        return float(metrics.roc_auc_score(truth, shares[:, 1]))
    return float(metrics.log_loss(truth, shares, labels=list(range(len(classes)))))


done = {(line["set"], line["fold"], line["seconds"]) for line in map(json.loads, out.read_text().splitlines())} if out.exists() else set()
for name, fold in request["jobs"]:
    if (name, fold, request["seconds"]) in done:
        continue
    item, frame, features, classify, folds = load(name)
    train, test = frame[folds != fold], frame[folds == fold]
    target = frame[item["target"]]
    classes = sorted(target.unique()) if classify else []
    code = target.map({label: i for i, label in enumerate(classes)}) if classify else target
    problem = "regression" if not classify else "binary" if len(classes) == 2 else "multiclass"
    model = AutoML()
    start = time.perf_counter()
    model.fit(
        X_train=train[features],
        y_train=code[folds != fold],
        task="classification" if classify else "regression",
        metric=METRIC[problem],
        time_budget=request["seconds"],
        n_jobs=request["cores"],
        seed=1,
        verbose=0,
        log_file_name="",
        early_stop=False,
    )
    took = time.perf_counter() - start
    line = {
        "peer": f"flaml {version}",
        "set": name,
        "fold": fold,
        "seconds": request["seconds"],
        "value": score(problem, code[folds == fold].to_numpy(), model, test[features], classes),
        "took": round(took, 1),
        "learner": model.best_estimator,
    }
    with out.open("a") as file:
        file.write(json.dumps(line) + "\n")
    print(f"flaml {name} fold {fold}: {line['value']:.5g} by {line['learner']} in {took:.1f} s", flush=True)
