"""Runs random programs under the specification's definitions.py and writes their logs, one JSON array a line.

Usage: main.py PATH-OF-DEFINITIONS TOPOLOGY FIRST-SEED COUNT

The last line is an object with the checks of definitions.py that can trap.
"""

import json
import os
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from chooser import Chooser, Codes
from machine import Machine
from operations import Builtin
from program import Program, prepare
from world import Types


def main(path, topology_path, first, count):
  machine = Machine(path)
  prepare(machine)
  with open(topology_path, encoding='utf-8') as file:
    topology = json.load(file)
  codes = Codes(topology)
  builtins = [Builtin(machine, described) for described in topology['builtins']]
  types = Types(machine.definitions, topology)
  write = sys.stdout.write
  for seed in range(first, first + count):
    program = Program(machine, topology, types, builtins, lambda program: Chooser(program, codes), seed)
    write(json.dumps(program.run(), separators=(',', ':'), ensure_ascii=False) + '\n')
  write(json.dumps({'checks': machine.trap_places()}) + '\n')


threading.stack_size(512 * 1024)
try:
  main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
except BrokenPipeError:
  # The reader has seen enough.
  os._exit(1)
