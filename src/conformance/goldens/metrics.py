"""Writes metrics.json: small sets with ties and every metric as scikit-learn gives it. Needs scikit-learn and SciPy."""
import json
from pathlib import Path

import numpy as np
import sklearn.metrics as m
from scipy.stats import spearmanr
from sklearn.calibration import calibration_curve

draw = np.random.default_rng(3)


def classification(n, classes, absent=None):
    truth = draw.integers(0, classes, n)
    if absent is not None:
        truth[truth == absent] = 0
    p = draw.random((n, classes)) + 0.8 * np.eye(classes)[truth]
    p = np.round(p / p.sum(1, keepdims=True), 1)
    p[:, -1] = 1 - p[:, :-1].sum(1)
    p = np.clip(p, 0, 1)
    p /= p.sum(1, keepdims=True)
    predicted = p.argmax(1)
    average = dict(average="binary", pos_label=1) if classes == 2 else dict(average="macro")
    labels = range(classes)
    want = dict(
        log_loss=m.log_loss(truth, p, labels=labels),
        accuracy=m.accuracy_score(truth, predicted),
        precision=m.precision_score(truth, predicted, zero_division=0, **average),
        recall=m.recall_score(truth, predicted, zero_division=0, **average),
        f1=m.f1_score(truth, predicted, zero_division=0, **average),
        mcc=m.matthews_corrcoef(truth, predicted),
        brier=m.brier_score_loss(truth, p, labels=labels),
        precision_weighted=m.precision_score(truth, predicted, average="weighted", zero_division=0),
        f1_weighted=m.f1_score(truth, predicted, average="weighted", zero_division=0),
    )
    if absent is None:
        want["balanced_accuracy"] = m.balanced_accuracy_score(truth, predicted)
        want["norm_macro_recall"] = m.balanced_accuracy_score(truth, predicted, adjusted=True)
        want["average_precision"] = m.average_precision_score(truth, p[:, 1] if classes == 2 else p, average="weighted")
        want["auc"] = m.roc_auc_score(truth, p[:, 1]) if classes == 2 else m.roc_auc_score(truth, p, multi_class="ovr", average="weighted")
    out = dict(classes=classes, truth=truth.tolist(), probabilities=p.ravel().tolist(), predicted=predicted.tolist(), want=want)
    if classes == 2:
        fpr, tpr, threshold = m.roc_curve(truth, p[:, 1])
        precision, recall, _ = m.precision_recall_curve(truth, p[:, 1])
        actual, mean = calibration_curve(truth, p[:, 1], n_bins=10)
        out["roc"] = [fpr.tolist(), tpr.tolist(), threshold[1:].tolist()]
        out["pr"] = [precision[::-1].tolist(), recall[::-1].tolist()]
        out["average_precision"] = m.average_precision_score(truth, p[:, 1])
        out["calibration"] = [mean.tolist(), actual.tolist()]
    return out


def regression(n, constant=False):
    truth = np.full(n, 3.25) if constant else np.round(draw.normal(5, 2, n), 2) + 8
    predicted = truth + draw.normal(0.3, 1, n)
    want = dict(
        rmse=m.root_mean_squared_error(truth, predicted),
        mae=m.mean_absolute_error(truth, predicted),
        r2=m.r2_score(truth, predicted),
        mape=m.mean_absolute_percentage_error(truth, predicted),
        median_ae=m.median_absolute_error(truth, predicted),
        explained_variance=m.explained_variance_score(truth, predicted),
        rmsle=m.root_mean_squared_log_error(truth, predicted),
    )
    if not constant:
        spread = truth.max() - truth.min()
        want["normalized_rmse"] = want["rmse"] / spread
        want["normalized_mae"] = want["mae"] / spread
        want["spearman"] = spearmanr(truth, predicted).statistic
    return dict(truth=truth.tolist(), predicted=predicted.tolist(), want=want)


out = dict(
    classification=[classification(60, 2), classification(200, 2), classification(120, 3), classification(90, 5), classification(50, 4, absent=2)],
    regression=[regression(40), regression(41), regression(12, constant=True)],
)
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
