#!/usr/bin/env python3
"""A worker over plain HTTP, with Python's standard library only: serves jobs of type "greet"."""
import json, os, socket, sys, time, urllib.error, urllib.request

SERVER = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ORQUESTRAX_URL", "http://localhost:8080")
WORKER = f"python-{socket.gethostname()}-{os.getpid()}"


def post(path, body):
    request = urllib.request.Request(f"{SERVER}/api/v1/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=40) as answer:
        return json.loads(answer.read() or b"null")


def greet(data):
    if not isinstance(data, dict) or not isinstance(data.get("name"), str) or not data["name"].strip():
        raise ValueError(f"Expected an input with a name, but got {json.dumps(data)}")
    return {"greeting": f"Hello, {data['name'].strip()}!", "by": WORKER}


HANDLERS = {"greet": greet}


def execute(job):
    try:
        result = ("complete", {"output": HANDLERS[job["type"]](job.get("input"))})
    except Exception as problem:
        bad_input = isinstance(problem, ValueError)
        error = {"type": "urn:orquestrax:examples:greeting:" + ("bad-input" if bad_input else "failed"),
                 "status": 400 if bad_input else 500, "title": type(problem).__name__, "detail": str(problem)}
        result = ("fail", {"error": error, "retryable": not bad_input})
    try:
        post(f"jobs/{job['id']}:{result[0]}", result[1])
        print(job["id"], result[0], flush=True)
    except urllib.error.HTTPError as refused:  # The lease was over, or the job was cancelled: others have it now.
        print(job["id"], "refused:", refused.read().decode(), file=sys.stderr)


def main():
    print(f"{WORKER} asks {SERVER} for {', '.join(HANDLERS)}", flush=True)
    while True:
        try:
            wanted = {"types": list(HANDLERS), "worker": WORKER, "max": 1, "wait": "PT20S", "lease": "PT30S"}
            for job in post("jobs:activate", wanted)["jobs"]:
                execute(job)
        except OSError as unreachable:  # What was not reported is given out again when its lease is over.
            print("server:", unreachable, file=sys.stderr)
            time.sleep(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
