"""Loads the specification's definitions.py and makes its runs repeatable.

The module's three functions that switch stacks are replaced: a continuation runs on an OS thread that is used again
for the next one, a trap in a continuation continues in the caller of `resume`, and continuations that never end are
stopped at the end of a program. The module's `random` asks the program, which logs what it chose.
"""

import ast
import importlib.util
import sys
import threading


class Stopped(BaseException):
  """Ends a continuation whose program is over."""


class Continuation:
  def __init__(self, body):
    self.body = body
    self.worker = None
    self.handler = None
    self.argument = None


class Handler:
  def __init__(self):
    self.lock = threading.Lock()
    self.lock.acquire()
    self.continuation = None
    self.switch_to = None
    self.error = None


class Worker:
  """An OS thread that runs one continuation after the other."""

  def __init__(self, machine):
    self.machine = machine
    self.wake = threading.Lock()
    self.wake.acquire()
    self.continuation = None
    self.stopping = False
    threading.Thread(target=self.run, daemon=True).start()

  def run(self):
    while True:
      self.wake.acquire()
      error = None
      switch_to = None
      try:
        switch_to = self.continuation.body(self.continuation.argument)
      except BaseException as caught:
        error = caught
      handler = self.continuation.handler
      self.continuation = None
      self.stopping = False
      self.machine.idle.append(self)
      handler.switch_to = switch_to
      handler.error = error
      handler.lock.release()


class Machine:
  def __init__(self, path):
    spec = importlib.util.spec_from_file_location('definitions', path)
    definitions = importlib.util.module_from_spec(spec)
    # `dataclass` looks the module up. No compiled copy is written beside the specification.
    sys.modules['definitions'] = definitions
    sys.dont_write_bytecode = True
    spec.loader.exec_module(definitions)
    self.definitions = definitions
    self.path = definitions.__file__
    self.idle = []
    self.blocked = set()
    self.thread = None
    self.worker = None
    # Called before a blocked thread continues.
    self.before_switch = lambda thread: None
    # `DETERMINISTIC_PROFILE` makes every wait switch; the other choices are made by the program.
    definitions.DETERMINISTIC_PROFILE = True
    # `SharedFutureImpl.drop` asserts that a pending buffer is a `WritableBuffer`, but the readable end may be dropped
    # while a write is pending, and `FutureEnd` then expects DROPPED.
    definitions.WritableBuffer = definitions.BufferGuestImpl
    definitions.cont_new = self.cont_new
    definitions.resume = self.resume
    definitions.block = self.block
    definitions.current_thread = lambda: self.thread

  def cont_new(self, body):
    return Continuation(body)

  def resume(self, continuation, argument, thread):
    self.before_switch(thread)
    thread.started = True
    callers = (self.thread, self.worker)
    self.thread = thread
    if thread.never_blocks:
      # Such a thread needs no stack of its own.
      try:
        return (None, continuation.body(argument))
      finally:
        self.thread, self.worker = callers
    handler = Handler()
    continuation.handler = handler
    continuation.argument = argument
    worker = continuation.worker
    if worker is None:
      worker = self.idle.pop() if self.idle else Worker(self)
      continuation.worker = worker
    worker.continuation = continuation
    self.blocked.discard(continuation)
    self.worker = worker
    worker.wake.release()
    handler.lock.acquire()
    self.thread, self.worker = callers
    if handler.error is not None:
      raise handler.error
    return (handler.continuation, handler.switch_to)

  def block(self, switch_to):
    worker = self.worker
    continuation = Continuation(None)
    continuation.worker = worker
    self.blocked.add(continuation)
    handler = worker.continuation.handler
    handler.continuation = continuation
    handler.switch_to = switch_to
    handler.lock.release()
    worker.wake.acquire()
    if worker.stopping:
      raise Stopped()
    return worker.continuation.argument

  def stop_blocked(self):
    """Ends every blocked continuation, so that its OS thread can run another one."""
    for continuation in list(self.blocked):
      handler = Handler()
      continuation.handler = handler
      continuation.worker.continuation = continuation
      continuation.worker.stopping = True
      continuation.worker.wake.release()
      handler.lock.acquire()
    self.blocked.clear()

  def place(self, error):
    """Returns where a trap comes from: the function and line of the check that failed."""
    traceback = error.__traceback__
    frames = []
    while traceback is not None:
      frames.append((traceback.tb_frame.f_code, traceback.tb_lineno))
      traceback = traceback.tb_next
    for code, line in reversed(frames):
      if code.co_filename == self.path and code.co_name not in ('trap', 'trap_if'):
        return f'{code.co_name}:{line}'
    return f'{frames[-1][0].co_name}:{frames[-1][1]}'

  def trap_places(self):
    """Returns the places of all checks in definitions.py, as `place` writes them."""
    with open(self.path, encoding='utf-8') as file:
      tree = ast.parse(file.read())
    places = []

    def visit(node, function):
      if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        function = getattr(node, 'name', '<lambda>')
      if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ('trap', 'trap_if'):
        if function not in ('trap', 'trap_if'):
          places.append(f'{function}:{node.lineno}')
      for child in ast.iter_child_nodes(node):
        visit(child, function)

    visit(tree, '<module>')
    return places
