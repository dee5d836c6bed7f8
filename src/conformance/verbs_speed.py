"""The verbs of `npm run bench` in pandas, driven by it: reads a title a line, answers `{"ms", "rows"}` in CPU milliseconds.

Argument: the folder with main.csv, small.csv, large.csv and columns.json (name to type), as the benchmark wrote them. With
`csv FILE` after it, times `read_csv` of that file in the folder instead.
"""
import json
import pathlib
import sys
import time

import pandas as pd

folder = pathlib.Path(sys.argv[1])
TYPES = {"number": "float64", "integer": "float64", "category": "category", "text": "str"}


def read(name):
    columns = json.loads((folder / "columns.json").read_text())[name]
    dates = [column for column, kind in columns.items() if kind == "datetime"]
    types = {column: TYPES[kind] for column, kind in columns.items() if kind != "datetime"}
    return pd.read_csv(folder / f"{name}.csv", dtype=types, parse_dates=dates, na_values=[""], keep_default_na=False)


def serve(work):
    print(json.dumps({"ready": f"pandas {pd.__version__}"}), flush=True)
    for line in sys.stdin:
        run = work.get(line.strip())
        if run is None:
            print(json.dumps({}), flush=True)
            continue
        start = time.process_time()
        result = run()
        ms = (time.process_time() - start) * 1000
        rows = result if isinstance(result, int) else len(result)
        del result
        print(json.dumps({"ms": ms, "rows": rows}), flush=True)


def verbs():
    df, small, large = read("main"), read("small"), read("large")
    small["g"] = small["g"].astype(df["g"].dtype)
    numbers = [c for c in df.columns if pd.api.types.is_numeric_dtype(df[c])]
    labels = [c for c in df.columns if df[c].dtype == "category"]
    texts = [c for c in df.columns if pd.api.types.is_string_dtype(df[c]) and c not in labels]

    def fill():
        out = df.fillna({**{c: 0 for c in numbers}, **{c: "none" for c in texts}})
        for c in labels:
            if out[c].hasnans:
                out[c] = out[c].cat.add_categories(["none"]).fillna("none")
        return out

    def summary():
        tables = [df.describe(), df[numbers].skew(), df.nunique(), df[labels + texts].describe()]
        return len(tables[2])

    five = {"a": "mean", "b": "sum", "c": "min", "d": "max", "e": "std"}
    serve(
        {
            "filter by number": lambda: df[df["a"] > 0],
            "filter by label": lambda: df[df["h"] == "level 2"],
            "sort by integer": lambda: df.sort_values("k", kind="stable"),
            "sort by label, number": lambda: df.sort_values(["g", "a"], ascending=[True, False]),
            "sort by text": lambda: df.sort_values("s", kind="stable"),
            "drop missing": lambda: df.dropna(),
            "fill missing": fill,
            "drop columns": lambda: df.drop(columns=["b", "h"]),
            "rename": lambda: df.rename(columns={"a": "z"}),
            "concat": lambda: pd.concat([df, df], ignore_index=True),
            "group by label": lambda: df.groupby("g", observed=True).agg({"a": "mean"}),
            "group by two, five values": lambda: df.groupby(["p", "q"], observed=True).agg(five),
            "group by integer, median": lambda: df.groupby("o").agg({"e": "median"}),
            "distinct by two": lambda: df.drop_duplicates(["m", "g"]),
            "distinct by text": lambda: df.drop_duplicates("s"),
            "join 1,000 labels": lambda: df.merge(small, on="g", how="left"),
            "join 200,000 integers": lambda: df.merge(large, on="k", how="inner"),
            "summary": summary,
        }
    )


if len(sys.argv) > 3 and sys.argv[2] == "csv":
    serve({"csv": lambda: pd.read_csv(folder / sys.argv[3])})
else:
    verbs()
