"""Writes float.json: arguments and values of the elementary functions to 106 bits (head and rest), by mpmath. Needs `pip install mpmath`."""
import json
import random
from pathlib import Path

import mpmath as m
from mpmath import mpf

m.mp.prec = 1600
draw = random.Random(7)
FUNCTIONS = {
    "exp": m.exp,
    "expm1": m.expm1,
    "log": m.log,
    "log2": lambda x: m.log(x) / m.log(2),
    "log10": lambda x: m.log(x) / m.log(10),
    "log1p": m.log1p,
    "sin": m.sin,
    "cos": m.cos,
    "tan": m.tan,
    "tanh": m.tanh,
    "sigmoid": lambda x: 1 / (1 + m.exp(-x)),
    "cbrt": lambda x: m.sign(x) * m.cbrt(abs(x)),
}


def argument(name):
    u = draw.random()
    wide = draw.uniform(-1, 1) * 10 ** draw.uniform(-20, 1)
    if name in ("log", "log2", "log10"):
        return u + 0.5 if draw.random() < 0.5 else 10 ** draw.uniform(-320, 308)
    if name == "log1p":
        return abs(wide) * 10 ** draw.uniform(0, 9) if u < 0.5 else max(-0.999999, wide / 10)
    if name == "exp":
        return draw.uniform(-744, 709) if u < 0.5 else wide / 10
    if name == "expm1":
        return draw.uniform(-45, 709) if u < 0.3 else wide
    if name in ("sin", "cos", "tan"):
        return draw.uniform(-10, 10) if u < 0.5 else draw.uniform(-1, 1) * 10 ** draw.uniform(0, 300)
    if name == "cbrt":
        return draw.uniform(-1, 1) * 10 ** draw.uniform(-320, 308)
    return draw.uniform(-6, 6) if u < 0.5 else draw.uniform(-1, 1) * (25 if name == "tanh" else 700)


def parts(value):
    head = float(value)
    return [head, float(value - mpf(head))]


rows = {name: [] for name in [*FUNCTIONS, "pow"]}
for name, function in FUNCTIONS.items():
    for _ in range(60):
        x = argument(name)
        rows[name].append([x, *parts(function(mpf(x)))])
while len(rows["pow"]) < 60:
    x = draw.uniform(0.9, 1.1) if draw.random() < 0.4 else 10 ** draw.uniform(-50, 50)
    y = draw.uniform(-1, 1) * 10 ** draw.uniform(-1, 3)
    value = mpf(x) ** mpf(y)
    if 1e-300 < value < 1e300:
        rows["pow"].append([x, y, *parts(value)])
Path(__file__).with_suffix(".json").write_text(
    "{\n" + ",\n".join(f'"{name}": {json.dumps(list_)}' for name, list_ in rows.items()) + "\n}\n"
)
