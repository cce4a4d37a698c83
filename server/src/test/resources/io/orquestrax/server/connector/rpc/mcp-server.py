#!/usr/bin/env python3
"""An MCP server over standard input and output, from the rules of the protocol (2025-06-18)."""
import json
import os
import sys
import time

state = {"initialized": False}


def say(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def hear():
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return json.loads(line)


def text(value, **more):
    return {"content": [{"type": "text", "text": value}], **more}


def call(parameters):
    name, arguments = parameters["name"], parameters.get("arguments", {})
    if name == "conversations_add_message":
        return text("posted to " + arguments["channel_id"])
    if name == "environment":
        return text(os.environ.get(arguments["name"], "nothing"))
    if name == "fail":
        return text("no such thing", isError=True)
    if name == "hang":
        time.sleep(1000)
    if name == "flood":
        sys.stdout.write("x" * 3000000)
        sys.stdout.flush()
    if name == "complain":
        sys.stderr.write("x" * 3000000)
        sys.exit(3)
    if name == "die":
        print("the server broke", file=sys.stderr)
        sys.exit(3)
    say({"id": "ping-1", "method": "ping"})
    if hear() != {"jsonrpc": "2.0", "id": "ping-1", "result": {}}:
        return text("no pong", isError=True)
    return text(json.dumps(arguments, sort_keys=True), structuredContent=arguments)


while True:
    message = hear()
    method, parameters, id = message["method"], message.get("params", {}), message.get("id")
    if method == "initialize":
        say({"id": id, "result": {"protocolVersion": parameters["protocolVersion"], "capabilities": {"tools": {}},
                                  "serverInfo": {"name": "test", "version": "1"}}})
    elif method == "notifications/initialized":
        state["initialized"] = True
        say({"method": "notifications/message", "params": {"level": "info", "data": "hello"}})
    elif not state["initialized"]:
        say({"id": id, "error": {"code": -32002, "message": "not initialized"}})
    elif method == "tools/list":
        say({"id": id, "result": {"tools": [{"name": "echo", "inputSchema": {"type": "object"}}]}})
    elif method == "tools/call":
        say({"id": id, "result": call(parameters)})
    else:
        say({"id": id, "error": {"code": -32601, "message": "Method not found"}})
