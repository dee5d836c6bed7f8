"""Writes unsupervised.json: what scikit-learn finds in one small table, for the tests of groups, components and anomalies.

Run with the environment of `npm run conformance`: python src/conformance/goldens/unsupervised.py
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length
from sklearn.kernel_ridge import KernelRidge
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(7)
places = rng.normal(size=(5, 4)) * [4, 2, 1, 0.3]
X = np.concatenate([place + rng.normal(size=(40, 4)) for place in places] + [rng.normal(size=(4, 4)) * 9])
X = np.round(X, 3)
Z = StandardScaler().fit_transform(X)
groups = {}
for k in (2, 3, 5, 8):
    model = KMeans(k, n_init=50, random_state=0).fit(Z)
    groups[k] = {"inertia": model.inertia_, "silhouette": float(silhouette_score(Z, model.labels_))}
pca = PCA().fit(Z)
scores = np.mean([-IsolationForest(n_estimators=300, max_samples=64, random_state=seed).fit(Z).score_samples(Z) for seed in range(10)], axis=0)
ridge = {}
for gamma, alpha in ((0.1, 0.5), (1.0, 0.01)):
    ridge[f"{gamma} {alpha}"] = KernelRidge(alpha=alpha, kernel="rbf", gamma=gamma).fit(Z[:150, :3], Z[:150, 3]).predict(Z[150:, :3]).tolist()
golden = {
    "sklearn": sklearn.__version__,
    "rows": X.tolist(),
    "groups": groups,
    "components": {"variances": pca.explained_variance_.tolist(), "directions": pca.components_.tolist()},
    "anomalies": {"trees": 300, "sample": 64, "scores": scores.tolist()},
    "paths": {n: float(_average_path_length(np.array([n]))[0]) for n in (1, 2, 3, 10, 256)},
    "kernelRidge": ridge,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden))
