"""scikit-learn's side of the comparison: the same sets, folds, preparation and hyper-parameters; and onnxruntime on our files. Run by run.mjs."""
import hashlib
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import sklearn
from sklearn import calibration, dummy, ensemble, kernel_ridge, linear_model, metrics, naive_bayes, neighbors, neural_network, svm, tree
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
request = json.loads(Path(sys.argv[1]).read_text())
data, cache = Path(request["data"]), Path(request["cache"])
manifest = {item["name"]: item for item in json.loads((data / "MANIFEST.json").read_text())["tabular"]}
ALPHAS = [float(f"{1 if i % 2 == 0 else 3}e{i // 2 - 8}") for i in range(29)]


def load(name):
    item = manifest[name]
    kinds = {column: kind for column, kind in item["kinds"].items() if kind != "datetime"}
    types = {column: str for column, kind in kinds.items() if kind != "numeric"}
    classify = item["problem"] != "regression"
    if classify:
        types[item["target"]] = str
    frame = pd.read_csv(data / item["file"], dtype=types, keep_default_na=False, na_values=[""])
    fold = np.array(json.loads((data / item["folds"]).read_text())["fold_of_row"])
    return item, frame, kinds, classify, fold


class ZeroMissing(OneHotEncoder):
    """One-hot without a column for missing cells: they are all zero, as on our side."""

    def fit(self, X, y=None):
        self.set_params(categories=[np.unique(X.iloc[:, j].dropna().astype(str)).astype(object) for j in range(X.shape[1])])
        return super().fit(X.fillna("\u0000"), y)

    def transform(self, X):
        return super().transform(X.fillna("\u0000"))


def prepare(kinds, linear):
    """Linear models: mean for missing numbers, standardised. Trees: numbers as they are. Categories one-hot on both."""
    numbers = [column for column, kind in kinds.items() if kind == "numeric"]
    others = [column for column, kind in kinds.items() if kind != "numeric"]
    scaled = make_pipeline(SimpleImputer(strategy="mean", keep_empty_features=True), StandardScaler())
    steps = [("numbers", scaled if linear else "passthrough", numbers)]
    if others:
        steps.append(("others", ZeroMissing(handle_unknown="ignore", sparse_output=False), others))
    return ColumnTransformer(steps)


def learner(peer, params, classify):
    table = {
        "Dummy": (dummy.DummyClassifier(strategy="prior"), dummy.DummyRegressor()),
        "LinearRegression": (None, linear_model.LinearRegression()),
        "Ridge": (None, linear_model.Ridge()),
        "RidgeCV": (None, linear_model.RidgeCV(alphas=ALPHAS)),
        "Lasso": (None, linear_model.Lasso()),
        "LassoCV": (None, linear_model.LassoCV()),
        "ElasticNet": (None, linear_model.ElasticNet()),
        "Poisson": (None, linear_model.PoissonRegressor()),
        "GaussianNB": (naive_bayes.GaussianNB(), None),
        "LinearSVM": (
            calibration.CalibratedClassifierCV(svm.LinearSVC(C=0.1, max_iter=20000), ensemble=False),
            svm.LinearSVR(C=0.1, loss="squared_epsilon_insensitive", dual=False, max_iter=20000),
        ),
        "LogisticRegression": (linear_model.LogisticRegression(), None),
        "KNeighbors": (neighbors.KNeighborsClassifier(), neighbors.KNeighborsRegressor()),
        "DecisionTree": (tree.DecisionTreeClassifier(), tree.DecisionTreeRegressor()),
        "HistGradientBoosting": (ensemble.HistGradientBoostingClassifier(), ensemble.HistGradientBoostingRegressor()),
    }
    if peer == "MLP":
        # Our network standardises a numeric target, so its peer does too.
        if classify:
            return neural_network.MLPClassifier(**params)
        return TransformedTargetRegressor(neural_network.MLPRegressor(**params), transformer=StandardScaler())
    if peer == "KernelRidge":
        # Ours predicts about the mean of the target.
        return None if classify else TransformedTargetRegressor(kernel_ridge.KernelRidge(**params), transformer=StandardScaler())
    if peer == "SVM":
        return svm.SVC(probability=True, random_state=0) if classify else TransformedTargetRegressor(svm.SVR(), transformer=StandardScaler())
    model = table[peer][0 if classify else 1]
    return model.set_params(**params) if model is not None else None


def losses_of(classify, truth, answer, classes):
    if not classify:
        return {"rmse": metrics.root_mean_squared_error(truth, answer)}
    if len(classes) == 2:
        area = metrics.roc_auc_score(truth == classes[1], answer[:, 1])
    else:
        area = metrics.roc_auc_score(truth, answer, multi_class="ovr", average="weighted", labels=classes)
    return {"1-auc": 1 - area, "log_loss": metrics.log_loss(truth, answer, labels=classes)}


def compare(name, job):
    item, frame, kinds, classify, fold = load(name)
    if learner(job["peer"], job["peerParams"], classify) is None or len(frame) > job.get("mostRows", len(frame)):
        return None
    linear = job["peer"] not in ("Dummy", "DecisionTree", "HistGradientBoosting")
    out = {"seconds": []}
    # scikit-learn draws among equal splits of a tree, so its loss is a mean over seeds.
    seeds = job.get("seeds", 1)
    for f in range(fold.max() + 1):
        train, test = frame[fold != f], frame[fold == f]
        drawn = []
        started = time.perf_counter()
        # Each fold draws anew, so that one lucky start does not count in all of them.
        for seed in range(f * seeds, (f + 1) * seeds):
            params = job["peerParams"] if seeds == 1 else {**job["peerParams"], "random_state": seed}
            model = make_pipeline(prepare(kinds, linear), learner(job["peer"], params, classify))
            model.fit(train[list(kinds)], train[item["target"]])
            answer = model.predict_proba(test[list(kinds)]) if classify else model.predict(test[list(kinds)])
            drawn.append(losses_of(classify, test[item["target"]].to_numpy(), answer, model.classes_ if classify else None))
        out["seconds"].append((time.perf_counter() - started) / seeds)
        for metric in drawn[0]:
            out.setdefault(metric, []).append(float(np.mean([losses[metric] for losses in drawn])))
    return out


def check_onnx(name, job):
    """Largest difference and label agreement of Python's onnxruntime on our file, on the raw rows of the first fold."""
    at = cache / "onnx" / f"{name}-{job['name']}"
    if not at.with_suffix(".onnx").exists():
        return None
    want = json.loads(at.with_suffix(".json").read_text())
    _, frame, kinds, _, _ = load(name)
    rows = frame.iloc[want["rows"]]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(at.with_suffix(".onnx")), options, providers=["CPUExecutionProvider"])
    feeds = {}
    for wanted in session.get_inputs():
        column = rows[wanted.name]
        cells = column.to_numpy(float) if kinds[wanted.name] == "numeric" else column.fillna("").astype(str).to_numpy(object)
        feeds[wanted.name] = cells.reshape(-1, 1)
    got = session.run(["answer"], feeds)[0]
    ours = np.array(want["answer"]).reshape(len(rows), -1)
    delta = np.abs(got - ours)
    agree = float((got.argmax(1) == ours.argmax(1)).mean()) if want["classes"] else 1.0
    return {"delta": float((delta / (1e-6 + 1e-5 * np.abs(ours))).max()), "absolute": float(delta.max()), "labels": agree}


(cache / "peers").mkdir(parents=True, exist_ok=True)
source = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
for name in request["sets"]:
    for job in request["learners"]:
        key = hashlib.sha256(json.dumps([source, sklearn.__version__, manifest[name]["sha256"], job["peer"], job["peerParams"], job.get("seeds", 1)]).encode()).hexdigest()[:16]
        file = cache / "peers" / f"{name}-{job['name']}.json"
        old = json.loads(file.read_text()) if file.exists() else {}
        if old.get("key") != key:
            old = {"key": key, "losses": compare(name, job)}
            print(f"peers  {name} {job['name']}", file=sys.stderr)
        old["onnx"] = check_onnx(name, job)
        file.write_text(json.dumps(old))
