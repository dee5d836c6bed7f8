"""Checks exported models in a folder: onnx's full check, and the native onnxruntime's answers against ours.

Called by onnx-files.test.ts with the folder's path. Each NAME.onnx has a NAME.json with feeds (rows with missing and unseen
values) and our own answers. Prints one line for each file; ends with an error at the first difference.
"""
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

LARGEST = 1e-5


def tensor(feed):
    if feed["dtype"] == "string":
        return np.array(feed["data"], dtype=object).reshape(-1, 1)
    return np.array([np.nan if cell is None else cell for cell in feed["data"]], dtype=np.float64).reshape(-1, 1)


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    expected = json.loads(path.with_suffix(".json").read_text())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    assert "millrace.certificate" in session.get_modelmeta().custom_metadata_map
    outputs = session.run(None, {name: tensor(feed) for name, feed in expected["feeds"].items()})
    if expected["classes"]:
        labels, probabilities = outputs
        ours = np.array(expected["probabilities"]).reshape(probabilities.shape)
        largest = float(np.abs(ours - probabilities).max())
        assert [expected["classes"][int(code)] for code in expected["codes"]] == labels.tolist(), path.name
    else:
        ours = np.array(expected["codes"])
        largest = float((np.abs(ours - outputs[0].ravel()) / np.maximum(ours.std(), np.abs(ours))).max())
    assert largest <= LARGEST, f"{path.name}: {largest}"
    print(f"{path.name} {largest:.2e}")
