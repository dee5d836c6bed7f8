"""FLAML or AutoGluon on the shared sets and folds, with the same seconds and cores as AutoML; a JSON line per fold is appended. Run by automl.mjs."""
import json
import logging
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import metrics

warnings.filterwarnings("ignore")
logging.disable(logging.ERROR)
request = json.loads(Path(sys.argv[1]).read_text())
data, out = Path(request["data"]), Path(request["out"])
manifest = {item["name"]: item for item in json.loads((data / "MANIFEST.json").read_text())["tabular"]}


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


def flaml(train, code, problem):
    from flaml import AutoML, __version__

    model = AutoML()
    model.fit(
        X_train=train,
        y_train=code,
        task="regression" if problem == "regression" else "classification",
        metric={"binary": "roc_auc", "multiclass": "log_loss", "regression": "rmse"}[problem],
        time_budget=request["seconds"],
        n_jobs=request["cores"],
        seed=1,
        verbose=0,
        log_file_name="",
        early_stop=False,
    )
    return f"flaml {__version__}", model, lambda: model.best_estimator


def autogluon(train, code, problem):
    """Without the networks, which need PyTorch: boosting of three makes, forests and linear models, bagged and weighed."""
    from autogluon.common.version import __version__
    from autogluon.tabular import TabularPredictor

    model = TabularPredictor(
        label="__target",
        problem_type=problem,
        eval_metric={"binary": "roc_auc", "multiclass": "log_loss", "regression": "root_mean_squared_error"}[problem],
        path=tempfile.mkdtemp(),
        verbosity=0,
    )
    model.fit(
        train.assign(__target=code),
        time_limit=request["seconds"],
        num_cpus=request["cores"],
        num_gpus=0,
        presets="best_quality",
        dynamic_stacking=False,
    )
    return f"autogluon {__version__}", model, lambda: model.model_best


def score(problem, truth, model, rows, classes):
    if problem == "regression":
        return float(np.sqrt(np.mean((truth - np.asarray(model.predict(rows))) ** 2)))
    shares = np.asarray(model.predict_proba(rows))
    if problem == "binary":
        return float(metrics.roc_auc_score(truth, shares[:, 1]))
    return float(metrics.log_loss(truth, shares, labels=list(range(len(classes)))))


PEER = {"flaml": flaml, "autogluon": autogluon}[request["peer"]]
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
    start = time.perf_counter()
    peer, model, chosen = PEER(train[features], code[folds != fold], problem)
    took = time.perf_counter() - start
    line = {
        "peer": peer,
        "set": name,
        "fold": fold,
        "seconds": request["seconds"],
        "value": score(problem, code[folds == fold].to_numpy(), model, test[features], classes),
        "took": round(took, 1),
        "learner": chosen(),
    }
    with out.open("a") as file:
        file.write(json.dumps(line) + "\n")
    print(f"{peer} {name} fold {fold}: {line['value']:.5g} by {line['learner']} in {took:.1f} s", flush=True)
