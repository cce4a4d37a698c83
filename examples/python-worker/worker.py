#!/usr/bin/env python3
"""A worker over plain HTTP, with Python's standard library only: serves jobs of type "greet"."""
import json, os, signal, sys, time, urllib.request

SERVER = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
WORKER = f"python-{os.getpid()}"
WANTED = {"types": ["greet"], "worker": WORKER, "max": 1, "wait": "PT20S", "lease": "PT30S"}
JSON = {"Content-Type": "application/json"}


def post(path, body):
    request = urllib.request.Request(f"{SERVER}/api/v1/{path}", json.dumps(body).encode(), JSON)
    with urllib.request.urlopen(request, timeout=40) as answer:
        return json.load(answer)


def greet(data):
    if not data.get("name"):
        raise ValueError(f"Expected an input with a name, but got {json.dumps(data)}")
    return {"greeting": f"Hello, {data['name']}!", "by": WORKER}


def execute(job):
    try:
        verb, report = "complete", {"output": greet(job["input"])}
    except ValueError as problem:  # The same input fails again: no retry.
        kind = "urn:orquestrax:examples:greeting:bad-input"
        error = {"type": kind, "status": 400, "title": "Bad input", "detail": str(problem)}
        verb, report = "fail", {"error": error, "retryable": False}
    post(f"jobs/{job['id']}:{verb}", report)
    print(job["id"], verb, flush=True)


signal.signal(signal.SIGTERM, lambda *_: sys.exit())
print(f"{WORKER} asks {SERVER} for greet", flush=True)
while True:
    try:
        for job in post("jobs:activate", WANTED)["jobs"]:
            execute(job)
    except OSError as problem:  # What was not reported is given out again when its lease is over.
        print("server:", problem, file=sys.stderr)
        time.sleep(1)
