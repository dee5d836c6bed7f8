"""Writes goldens/pandas.json: what pandas answers for drop, dropna, fillna, rename, concat, transpose, replace and sum.

Run by hand when a case is added: python src/conformance/pandas_goldens.py. The unit tests read the JSON and need no Python.
"""
import json
import pathlib

import numpy as np
import pandas as pd

TYPES = {"f": "float64", "i": "float64", "c": "object"}
OURS = {"f": "number", "i": "integer", "c": "category"}


def frame(**columns):
    """Columns as name = (letter, cells); None is missing. Integers are float64 in pandas, which has no missing integer."""
    data = {}
    for name, (letter, cells) in columns.items():
        values = [np.nan if cell is None and letter != "c" else cell for cell in cells]
        data[name] = pd.Series(values, dtype=TYPES[letter])
    return pd.DataFrame(data), {name: [OURS[letter], cells] for name, (letter, cells) in columns.items()}


def cells(series):
    out = []
    for value in series.tolist():
        if value is None or (isinstance(value, float) and np.isnan(value)):
            out.append(None)
        elif isinstance(value, (np.floating, float)):
            out.append(float(value))
        else:
            out.append(value)
    return out


def expected(df):
    return {str(name): cells(df[name]) for name in df.columns}


PASSENGERS, passengers = frame(
    name=("c", ["Ann", "Bob", None, "Dan", "Eve", "Bob"]),
    age=("f", [29.0, None, 40.5, None, 31.0, 22.0]),
    fare=("f", [7.25, 71.28, None, 8.05, 53.1, 7.25]),
    sibs=("i", [0, 1, None, 0, 1, 3]),
    empty=("f", [None] * 6),
)
A, a = frame(x=("f", [1.0, None]), y=("c", ["p", "q"]))
B, b = frame(y=("c", ["r", None]), z=("f", [5.0, 6.0]))
C, c = frame(x=("i", [3, 4, 5]), y=("c", ["p", "p", None]))
N, n = frame(r=("i", [1, 2, None]), s=("i", [4, None, None]), t=("f", [0.5, 0.25, None]))
M, m = frame(k=("c", ["one", "two"]), v=("f", [1.5, None]), w=("c", ["x", None]))

cases = []


def case(kind, title, params, inputs, result):
    cases.append({"kind": kind, "title": title, "params": params, "inputs": inputs, "expected": expected(result)})


# drop
case("prepare.select-columns", "drop by name", {"mode": "drop", "columns": {"names": ["fare", "empty"]}}, [passengers], PASSENGERS.drop(columns=["fare", "empty"]))
case("prepare.select-columns", "keep in a new order", {"mode": "keep", "columns": {"names": ["sibs", "name"]}}, [passengers], PASSENGERS[["sibs", "name"]])

# dropna
for how in ["any", "all"]:
    case("prepare.drop-missing", f"rows, how={how}", {"axis": "rows", "how": how}, [passengers], PASSENGERS.dropna(how=how))
    case("prepare.drop-missing", f"columns, how={how}", {"axis": "columns", "how": how}, [passengers], PASSENGERS.dropna(axis=1, how=how))
    case("prepare.drop-missing", f"rows, subset, how={how}", {"axis": "rows", "how": how, "columns": {"names": ["age", "fare"]}}, [passengers], PASSENGERS.dropna(how=how, subset=["age", "fare"]))
for thresh in [2, 4, 5]:
    case("prepare.drop-missing", f"rows, thresh={thresh}", {"axis": "rows", "how": "atLeast", "thresh": thresh}, [passengers], PASSENGERS.dropna(thresh=thresh))
    case("prepare.drop-missing", f"columns, thresh={thresh}", {"axis": "columns", "how": "atLeast", "thresh": thresh}, [passengers], PASSENGERS.dropna(axis=1, thresh=thresh))

# fillna
NUMBERS = PASSENGERS[["age", "fare", "sibs", "empty"]]
numbers = {name: passengers[name] for name in NUMBERS.columns}
case("prepare.fill-missing", "constants", {"numbers": "constant", "number": -1, "labels": "constant", "label": "?"}, [passengers], PASSENGERS.fillna({"name": "?", "age": -1, "fare": -1, "sibs": -1, "empty": -1}))
case("prepare.fill-missing", "mean", {"numbers": "mean", "labels": "leave"}, [numbers], NUMBERS.fillna(NUMBERS.mean()))
case("prepare.fill-missing", "median", {"numbers": "median", "labels": "leave"}, [numbers], NUMBERS.fillna(NUMBERS.median()))
case("prepare.fill-missing", "mode", {"numbers": "mode", "labels": "mode"}, [passengers], PASSENGERS.fillna(PASSENGERS.mode().iloc[0]))
case("prepare.fill-missing", "ffill", {"numbers": "ffill", "labels": "ffill"}, [passengers], PASSENGERS.ffill())
case("prepare.fill-missing", "bfill", {"numbers": "bfill", "labels": "bfill"}, [passengers], PASSENGERS.bfill())

# rename
case("prepare.rename", "swap", {"names": [{"from": "age", "to": "fare"}, {"from": "fare", "to": "age"}]}, [passengers], PASSENGERS.rename(columns={"age": "fare", "fare": "age"}))
case("prepare.rename", "unicode", {"names": [{"from": "name", "to": "姓名"}]}, [passengers], PASSENGERS.rename(columns={"name": "姓名"}, errors="raise"))
case("prepare.rename", "prefix", {"prefix": "p_"}, [passengers], PASSENGERS.add_prefix("p_"))
case("prepare.rename", "suffix", {"suffix": "_s"}, [passengers], PASSENGERS.add_suffix("_s"))

# concat
for join in ["outer", "inner"]:
    case("prepare.concat", f"rows, {join}", {"axis": "rows", "join": join}, [a, b, c], pd.concat([A, B, C], join=join, ignore_index=True))
case("prepare.concat", "the same table twice", {"axis": "rows"}, [a, a], pd.concat([A, A], ignore_index=True))
case("prepare.concat", "columns", {"axis": "columns"}, [a, m], pd.concat([A, M], axis=1))

# transpose
T = N.T.reset_index()
T.columns = ["column", "row_0", "row_1", "row_2"]
case("prepare.transpose", "numbers", {}, [n], T)
H = M.set_index("k").T.reset_index()
H.columns = ["column", "one", "two"]
case("prepare.transpose", "header column", {"header": "k"}, [m], H.astype(object).map(lambda v: None if v is None or v != v else str(v)))

# replace
case("prepare.replace", "a text", {"values": [{"find": "Bob", "replace": "Rob"}]}, [passengers], PASSENGERS.replace({"Bob": "Rob"}))
case("prepare.replace", "swap", {"values": [{"find": "0", "replace": "1"}, {"find": "1", "replace": "0"}], "columns": {"names": ["sibs"]}}, [passengers], PASSENGERS.replace({"sibs": {0: 1, 1: 0}}))
case("prepare.replace", "to missing", {"values": [{"find": "7.25", "replace": ""}]}, [passengers], PASSENGERS.replace({7.25: np.nan}))
case("prepare.replace", "a pattern", {"mode": "pattern", "values": [{"find": "^(.)o", "replace": "$1u"}]}, [passengers], PASSENGERS.replace({"name": {r"^(.)o": r"\1u"}}, regex=True))
case("prepare.replace", "part of a text", {"mode": "part", "values": [{"find": "n", "replace": "N"}]}, [passengers], PASSENGERS.assign(name=PASSENGERS["name"].str.replace("n", "N", regex=False)))

# sum and friends
for how in ["sum", "mean", "min", "max", "median", "std", "var", "count"]:
    down = getattr(NUMBERS, how)()
    case("prepare.aggregate", f"{how} down", {"axis": "down", "how": how}, [numbers], pd.DataFrame([down]))
    across = getattr(NUMBERS, how)(axis=1)
    case("prepare.aggregate", f"{how} across", {"axis": "across", "how": how, "name": "made"}, [numbers], NUMBERS.assign(made=across))
case("prepare.aggregate", "sum down, skipna=False", {"axis": "down", "how": "sum", "skipMissing": False}, [numbers], pd.DataFrame([NUMBERS.sum(skipna=False)]))
case("prepare.aggregate", "sum across, min_count=3", {"axis": "across", "how": "sum", "name": "made", "minCount": 3}, [numbers], NUMBERS.assign(made=NUMBERS.sum(axis=1, min_count=3)))
case("prepare.aggregate", "product down", {"axis": "down", "how": "product"}, [numbers], pd.DataFrame([NUMBERS.prod()]))

# beyond the eight: sort, duplicates, group by
case("prepare.sort", "two keys", {"by": [{"column": "fare", "direction": "descending"}, {"column": "age", "direction": "ascending"}]}, [passengers], PASSENGERS.sort_values(["fare", "age"], ascending=[False, True], kind="stable"))
case("prepare.sort", "missing first", {"by": [{"column": "age", "direction": "ascending"}], "missingFirst": True}, [passengers], PASSENGERS.sort_values("age", na_position="first", kind="stable"))
for keep in ["first", "last"]:
    case("prepare.remove-duplicates", f"keep {keep}", {"columns": {"names": ["name"]}, "keep": keep}, [passengers], PASSENGERS.drop_duplicates(subset=["name"], keep=keep))
G = PASSENGERS.groupby("name", dropna=True).agg(age_mean=("age", "mean"), fare_sum=("fare", "sum"), sibs_count=("sibs", "count"), fare_median=("fare", "median")).reset_index()
GROUPS = [{"column": "age", "how": "mean", "name": ""}, {"column": "fare", "how": "sum", "name": ""}, {"column": "sibs", "how": "count", "name": ""}, {"column": "fare", "how": "median", "name": ""}]
case("prepare.group-by", "several aggregates", {"keys": {"names": ["name"]}, "values": GROUPS, "missing": False}, [passengers], G)
L, left = frame(id=("i", [1, 2, 3, 4]), v=("c", ["a", "b", "c", "d"]))
R, right = frame(id=("i", [2, 4, 5]), w=("f", [0.2, 0.4, 0.5]), v=("c", ["B", "D", "E"]))
for how in ["left", "inner"]:
    case("prepare.join", how, {"keys": [{"left": "id", "right": "id"}], "how": how}, [left, right], L.merge(R, on="id", how=how, suffixes=("", "_right"))[["id", "v", "w", "v_right"]])
for how in ["right", "outer"]:
    # pandas sorts an outer join by key; ours keeps the left order and puts right-only rows last, which these keys agree with
    case("prepare.join", how, {"keys": [{"left": "id", "right": "id"}], "how": how}, [left, right], L.merge(R, on="id", how=how, suffixes=("", "_right"))[["id", "v", "w", "v_right"]])
MANY, many = frame(id=("i", [2, 2, 4]), w=("f", [1.0, 2.0, 3.0]))
case("prepare.join", "repeated right keys", {"keys": [{"left": "id", "right": "id"}], "how": "left"}, [left, many], L.merge(MANY, on="id", how="left"))
case("prepare.join", "anti", {"keys": [{"left": "id", "right": "id"}], "how": "anti"}, [left, right], L[~L["id"].isin(R["id"])])
MORE = PASSENGERS.groupby("name", dropna=True).agg(age_min=("age", "min"), age_max=("age", "max"), fare_first=("fare", "first"), fare_last=("fare", "last"), fare_distinct=("fare", "nunique"), fare_size=("fare", "size"), age_std=("age", "std"), age_var=("age", "var"), fare_product=("fare", "prod")).reset_index()
case("prepare.group-by", "more aggregates", {"keys": {"names": ["name"]}, "values": [{"column": c, "how": h, "name": ""} for c, h in [("age", "min"), ("age", "max"), ("fare", "first"), ("fare", "last"), ("fare", "distinct"), ("fare", "size"), ("age", "std"), ("age", "var"), ("fare", "product")]], "missing": False}, [passengers], MORE)

target = pathlib.Path(__file__).parent / "goldens" / "pandas.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps({"pandas": pd.__version__, "cases": cases}, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
print(f"{len(cases)} cases from pandas {pd.__version__}")
