"""Has a peer of AutoML answer set after set, each in a process of its own that may fail or be ended; a JSON line per set and fold is appended. Run by automl.mjs."""
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

# A peer that takes more than so many times its seconds has failed.
OVERRUN = 3
# What a process may take besides: to import, to read and to predict.
BESIDES = 120

request = json.loads(Path(sys.argv[1]).read_text())
out, seconds = Path(request["out"]), request["seconds"]
worker = Path(__file__).with_name("automl_peer.py")


def end(child):
    """Whatever the process started goes with it."""
    try:
        os.killpg(child.pid, signal.SIGKILL) if os.name == "posix" else child.kill()
    except ProcessLookupError:
        pass
    child.wait()


def attempt(name, fold):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        answer, log = Path(folder, "answer.json"), Path(folder, "log")
        job = {**request, "set": name, "fold": fold, "answer": str(answer)}
        del job["jobs"]
        with log.open("wb") as file:
            child = subprocess.Popen(
                [sys.executable, str(worker), json.dumps(job)],
                cwd=folder,
                env={**os.environ, "TMPDIR": folder},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                status = child.wait(OVERRUN * seconds + BESIDES)
            except subprocess.TimeoutExpired:
                return {"failed": f"no answer after {OVERRUN * seconds + BESIDES} s, its process was ended"}
            finally:
                end(child)
        if status != 0 or not answer.exists():
            last = log.read_text(errors="replace").strip().split("\n")[-1][:300]
            return {"failed": f"its process ended with status {status}: {last}"}
        line = json.loads(answer.read_text())
        if line.get("took", 0) > OVERRUN * seconds:
            return {"failed": f"took {line['took']} s, more than {OVERRUN} times its {seconds} s"}
        return line


signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
lines = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
done = {(line["set"], line["fold"], line["seconds"]) for line in lines if not (request["retry"] and "failed" in line)}
for name, fold in request["jobs"]:
    if (name, fold, seconds) in done:
        continue
    line = {"peer": request["peer"], "set": name, "fold": fold, "seconds": seconds, "cores": request["cores"], **attempt(name, fold)}
    with out.open("a") as file:
        file.write(json.dumps(line) + "\n")
    told = line.get("failed") or f"{line['value']:.5g} by {line['learner']} in {line['took']} s"
    print(f"{line['peer']} {name} fold {fold}: {told}", flush=True)
