# Runs a script whose named arguments are global variables.
import json
import os
import runpy

folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, "arguments.json"), encoding="utf-8") as file:
    names = json.load(file)
runpy.run_path(os.path.join(folder, "script.py"), init_globals=names, run_name="__main__")
