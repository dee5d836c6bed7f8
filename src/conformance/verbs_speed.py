"""The verbs of `npm run bench` in pandas, on the CSV that the benchmark left in the temporary folder; CPU milliseconds, median of 3."""
import pathlib
import statistics
import tempfile
import time

import pandas as pd

path = pathlib.Path(tempfile.gettempdir()) / "millrace-bench.csv"
if not path.exists():
    raise SystemExit(f"{path} is missing: run `npm run bench -- verbs` first")


def cpu(work):
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


read = cpu(lambda: pd.read_csv(path))
df = pd.read_csv(path)
df["g"] = df["g"].astype("category")
df["h"] = df["h"].astype("category")
size = path.stat().st_size / 1e6
print(f"read_csv {size:.0f} MB  {read:.0f} ms  {size / read * 1000:.0f} MB/s")
WORK = {
    "filter": lambda: df[df["a"] > 0],
    "sort": lambda: df.sort_values("k", kind="stable"),
    "drop missing": lambda: df.dropna(),
    "fill missing": lambda: df.fillna({"a": 0, "b": 0, "c": 0, "d": 0}),
    "drop columns": lambda: df.drop(columns=["b", "h"]),
    "rename": lambda: df.rename(columns={"a": "z"}),
    "group by": lambda: df.groupby("g", observed=True).agg(a_mean=("a", "mean")),
    "concat": lambda: pd.concat([df, df], ignore_index=True),
}
for title, work in WORK.items():
    print(f"{title:14} {cpu(work):.0f} ms")
