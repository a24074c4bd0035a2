"""Runs one random program under definitions.py and logs it.

A log is a list of arrays. What the program decides and what follows from it are in one list, in the order in which it
happens:

  ["call", call, instance, function, arguments]     the host calls an exported function
  ["enter", activation, instance, entry, operands]  a core function was entered; activations are numbered in this order
  ["next", activation, previous, operation]         the guest learns its next operation (operation code and operands)
                                                    and says what the one before returned
  ["import", operation, function, arguments, now]   a guest called a function of the host, which returns `now` or,
                                                    when that is absent, later
  ["finish", operation, value]                      a function of the host returns
  ["cancel", call]                                  the host cancels a call
  ["tick", ready, chosen]                           how many threads were ready, and which one continued; ready threads
                                                    are in the order in which they started to wait
  ["pick", ready, chosen]                           the same, where the specification chooses outside of `Store.tick`;
                                                    threads to cancel are in the order in which their task got them
  ["stopped", operation]                            a guest cancelled a call of a function of the host
  ["resolved", call, value]                         a call of the host has its result, or null when it was cancelled
  ["trap", place, during]                           the program ended with a trap
  ["end", why]                                      the program ended
"""

import random

from values import host_string, to_json
from world import World

# How many operations a program may have before it is cut off.
MAX_OPERATIONS = 240


class CutOff(BaseException):
  """The program has had all its operations."""


class HostCall:
  def __init__(self, number):
    self.number = number
    self.on_cancel = None
    self.resolved = False
    self.cancelled = False


class HostOperation:
  def __init__(self, number, described, on_resolve):
    self.number = number
    self.described = described
    self.on_resolve = on_resolve
    self.cancel_requested = False


class Activation:
  """One run of the interpreter: a core function from entry to return."""

  def __init__(self, number, guest, entry, args, task, budget):
    self.number = number
    self.guest = guest
    self.entry = entry
    self.args = args
    self.task = task
    self.budget = budget
    self.planned = []


class Program:
  def __init__(self, machine, topology, types, builtins, chooser_type, seed):
    self.machine = machine
    self.seed = seed
    self.random = random.Random(seed)
    self.log = []
    self.operations = 0
    self.activations = []
    self.calls = []
    self.host_operations = []
    self.pending = []
    self.ticking = False
    self.cancelling = None
    self.world = World(machine, topology, types, builtins, self)
    self.chooser = chooser_type(self)

  def run(self):
    definitions = self.machine.definitions
    self.machine.program = self
    try:
      self.chooser.drive()
    except definitions.Trap as trap:
      self.log.append(['trap', self.machine.place(trap)])
    except CutOff:
      self.log.append(['end', 'cut off'])
    except (AssertionError, Exception) as error:
      self.log.append(['fault', self.machine.place(error), repr(error)])
    self.machine.stop_blocked()
    return self.log

  # What definitions.py asks.

  def choose(self, threads):
    order = self.world.store.waiting if self.cancelling is None else self.cancelling.threads
    ready = [thread for thread in order if thread in threads]
    chosen = self.random.randrange(len(ready))
    self.log.append(['tick' if self.ticking else 'pick', len(ready), chosen])
    self.ticking = False
    self.cancelling = None
    return ready[chosen]

  # What the guests ask.

  def enter(self, guest, entry, args):
    task = self.machine.thread.task
    activation = Activation(len(self.activations), guest, entry, args, task, self.chooser.budget())
    self.activations.append(activation)
    self.log.append(['enter', activation.number, guest.index, entry, args])
    return activation

  def next(self, activation, previous):
    self.operations += 1
    if self.operations > MAX_OPERATIONS:
      raise CutOff()
    operation = self.chooser.next(activation, previous)
    while operation[-1] == 0 and len(operation) > 1:
      operation.pop()
    self.log.append(['next', activation.number, previous, operation])
    return operation + [0] * (7 - len(operation))

  def leave(self, activation):
    activation.planned = None

  # The host.

  def host_call(self, index, described, on_start, on_resolve):
    args = [to_json(value) for value in on_start()]
    operation = HostOperation(len(self.host_operations), described, on_resolve)
    self.host_operations.append(operation)
    now = not described['async'] or self.random.randrange(4) == 0
    event = ['import', operation.number, index, args]
    if not now:
      self.log.append(event)
      self.pending.append(operation)

      def on_cancel(caller):
        operation.cancel_requested = True
        self.log.append(['stopped', operation.number])
        self.pending.remove(operation)
        on_resolve(None)

      return on_cancel
    value = self.host_value(described)
    self.log.append(event + [[to_json(one) for one in value]])
    on_resolve(value)
    return lambda caller: None

  def host_value(self, described):
    result = described.get('result')
    if result is None:
      return []
    return [self.random_value(result)]

  def random_value(self, type_):
    if type_ == 'string':
      return host_string(self.random.choice(self.world.guests[0].texts)['text'])
    return self.random.randrange(1000)

  def call(self, instance, function):
    described = self.world.topology['functions'][function]
    call = HostCall(len(self.calls))
    self.calls.append(call)
    args = [self.random_value(type_) for type_ in described['params']]
    self.log.append(['call', call.number, instance, function, [to_json(value) for value in args]])

    def on_resolve(result):
      call.resolved = True
      self.log.append(['resolved', call.number, None if result is None else [to_json(value) for value in result]])

    call.on_cancel = self.world.store.invoke(self.world.guests[instance].functions[function], lambda: args, on_resolve)

  def finish(self, operation):
    self.pending.remove(operation)
    value = self.host_value(operation.described)
    self.log.append(['finish', operation.number, [to_json(one) for one in value]])
    operation.on_resolve(value)

  def cancel(self, call):
    call.cancelled = True
    self.log.append(['cancel', call.number])
    call.on_cancel(None)

  def tick(self):
    self.ticking = True
    self.world.store.tick()


class ProgramRandom:
  """Stands for the module `random` in definitions.py."""

  def __init__(self, machine):
    self.machine = machine

  def choice(self, threads):
    return self.machine.program.choose(threads)

  def shuffle(self, elements):
    """Leaves the order to `WaitableSet` below."""


def prepare(machine):
  """Lets the program choose where the specification leaves a choice, and fixes the order of events."""
  definitions = machine.definitions
  machine.program = None
  definitions.random = ProgramRandom(machine)

  class Thread(definitions.Thread):
    def __init__(self, task, thread_func):
      callee = dict(zip(thread_func.__code__.co_freevars, thread_func.__closure__)).get('callee')
      self.never_blocks = callee is not None and getattr(callee.cell_contents, '__name__', '') == 'realloc'
      super().__init__(task, thread_func)

  class Task(definitions.Task):
    def __init__(self, ft, opts, inst, on_start, on_resolve):
      super().__init__(ft, opts, inst, on_start, on_resolve)
      caller = machine.thread
      # The host waits on its own stack for such a task.
      self.under_host = not ft.async_ and (caller is None or caller.task.under_host)

    def request_cancellation(self, caller):
      machine.program.cancelling = self
      super().request_cancellation(caller)
      machine.program.cancelling = None

  class WaitableSet(definitions.WaitableSet):
    """The first member with an event comes first, and then goes to the end."""

    def get_pending_event(self):
      first = next(one for one in self.elems if one.has_pending_event())
      event = super().get_pending_event()
      self.elems.remove(first)
      self.elems.append(first)
      return event

  definitions.Thread = Thread
  definitions.Task = Task
  definitions.WaitableSet = WaitableSet
