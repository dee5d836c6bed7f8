"""FLAML, AutoGluon or LightAutoML on one fold of one shared set: fits for the given seconds on the given cores, scores the held-out fold and writes that to a file. Run by automl_peers.py."""
import json
import logging
import sys
import time
import warnings
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import metrics

warnings.filterwarnings("ignore")
logging.disable(logging.ERROR)
job = json.loads(sys.argv[1])
data = Path(job["data"])


def load(name):
    manifest = json.loads((data / "MANIFEST.json").read_text())["tabular"]
    item = next(item for item in manifest if item["name"] == name)
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


# Each peer takes training rows, the target (of a classification: codes from 0) and the problem, and gives its model's answer to rows (numbers, or
# a column of probabilities per code) and the name of what it chose.


def flaml(train, target, problem):
    from flaml import AutoML

    model = AutoML()
    model.fit(
        X_train=train,
        y_train=target,
        task="regression" if problem == "regression" else "classification",
        metric={"binary": "roc_auc", "multiclass": "log_loss", "regression": "rmse"}[problem],
        time_budget=job["seconds"],
        n_jobs=job["cores"],
        seed=1,
        verbose=0,
        log_file_name="",
        early_stop=False,
    )
    return model.predict if problem == "regression" else model.predict_proba, model.best_estimator


def autogluon(train, target, problem):
    """Without the networks, which need PyTorch: boosting of three makes, forests and linear models, bagged and weighed."""
    from autogluon.tabular import TabularPredictor

    model = TabularPredictor(
        label="__target",
        problem_type=problem,
        eval_metric={"binary": "roc_auc", "multiclass": "log_loss", "regression": "root_mean_squared_error"}[problem],
        path="models",
        verbosity=0,
    )
    model.fit(
        train.assign(__target=target),
        time_limit=job["seconds"],
        num_cpus=job["cores"],
        num_gpus=0,
        presets="best_quality",
        dynamic_stacking=False,
    )
    return model.predict if problem == "regression" else model.predict_proba, model.model_best


def lightautoml(train, target, problem):
    import torch
    from lightautoml.automl.presets.tabular_presets import TabularAutoML
    from lightautoml.tasks import Task

    torch.set_num_threads(job["cores"])
    categories = list(train.select_dtypes("category"))
    dates = list(train.select_dtypes("datetime"))

    # It knows no categorical columns of pandas: texts, and told by its roles that they are categories.
    def own(rows):
        return rows.astype({column: object for column in categories})

    model = TabularAutoML(
        task=Task(
            "reg" if problem == "regression" else problem,
            metric={"binary": "auc", "multiclass": "crossentropy", "regression": "mse"}[problem],
        ),
        timeout=job["seconds"],
        cpu_limit=job["cores"],
        gpu_ids=None,
    )
    roles = {role: columns for role, columns in {"category": categories, "datetime": dates}.items() if columns}
    model.fit_predict(own(train).assign(__target=target), roles={"target": "__target", **roles}, verbose=0)
    # Where codes are missing in the training rows it counts the others by their frequency; a code it never saw gets nothing.
    place = model.reader.class_mapping or {code: code for code in range(int(target.max()) + 1)}

    def answer(rows):
        found = model.predict(own(rows)).data
        if problem == "regression":
            return found[:, 0]
        if problem == "binary":
            return np.column_stack([1 - found[:, 0], found[:, 0]])
        shares = np.zeros((len(rows), job["classes"]))
        for code, column in place.items():
            shares[:, int(code)] = found[:, column]
        return shares

    used = sorted({part.split("_", 6)[-1] for part in model.collect_model_stats()})
    return answer, " + ".join(used)


# The package that names the version, and what is imported before the time counts, as it would be once for many sets.
PEERS = {
    "flaml": (flaml, "flaml", ["flaml.automl", "lightgbm", "xgboost"]),
    "autogluon": (autogluon, "autogluon.tabular", ["autogluon.tabular", "lightgbm", "xgboost", "catboost"]),
    "lightautoml": (lightautoml, "lightautoml", ["lightautoml.automl.presets.tabular_presets"]),
}


def score(problem, truth, answer):
    if problem == "regression":
        return float(np.sqrt(np.mean((truth - answer) ** 2)))
    if problem == "binary":
        return float(metrics.roc_auc_score(truth, answer[:, 1]))
    return float(metrics.log_loss(truth, answer, labels=list(range(job["classes"]))))


def run():
    item, frame, features, classify, folds = load(job["set"])
    train, test = frame[folds != job["fold"]], frame[folds == job["fold"]]
    target = frame[item["target"]]
    classes = sorted(target.unique()) if classify else []
    job["classes"] = len(classes)
    code = target.map({label: i for i, label in enumerate(classes)}) if classify else target
    problem = "regression" if not classify else "binary" if len(classes) == 2 else "multiclass"
    fit, package, modules = PEERS[job["peer"]]
    for module in modules:
        import_module(module)
    start = time.perf_counter()
    answer, learner = fit(train[features], code[folds != job["fold"]], problem)
    took = round(time.perf_counter() - start, 1)
    value = score(problem, code[folds == job["fold"]].to_numpy(), np.asarray(answer(test[features])))
    if not np.isfinite(value):
        raise ValueError("its answers are not all numbers")
    return {"peer": f"{job['peer']} {version(package)}", "value": value, "took": took, "learner": learner}


try:
    line = run()
except Exception as error:
    line = {"failed": " ".join(f"{type(error).__name__}: {error}".split())[:300]}
Path(job["answer"]).write_text(json.dumps(line))
