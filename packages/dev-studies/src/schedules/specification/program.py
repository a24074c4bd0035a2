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
  ["pull", source]                                  a guest wants the next item of a stream that the host gave
  ["give", source, bytes]                           that item is there, or null when the stream ends
  ["closed", source]                                nobody reads the stream any more
  ["read", sink, count]                             the host reads a stream that it received
  ["drop", sink]                                    the host drops it
  ["got", sink, read, bytes]                        a read of the host has its bytes, or null at the end
  ["stopped", operation]                            a guest cancelled a call of a function of the host
  ["resolved", call, value]                         a call of the host has its result, or null when it was cancelled
  ["trap", place, during]                           the program ended with a trap
  ["end", why]                                      the program ended

A stream is {"source": number} when the host gives it, and {"sink": number} when the host receives it or hands it on.
"""

import random
from functools import partial

from host_ends import HostSink, HostSource
from values import host_string, to_json
from world import World

# How many operations a program may have before it is cut off.
MAX_OPERATIONS = 240


class CutOff(BaseException):
  """The program ends here, in the middle of core code."""

  def __init__(self, why):
    super().__init__(why)
    self.why = why


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
    self.cancelled_by_host = False
    self.host_waits = False
    self.destructors = []
    # The tasks that JavaScript waits for on its own stack, in the order in which they were called.
    self.on_stack = []
    # The host stops reading after so many of its turns, because it could read for ever.
    self.host_acts = 60
    # Counts the turns of the host, in which it learns what promises have given.
    self.host_turns = 0
    self.sources = []
    self.sinks = []
    # `lower_stream` asserts this type.
    self.source_type = type('HostSource', (HostSource, machine.definitions.ReadableStream), {})
    self.drops_resource = False
    self.world = World(machine, topology, types, builtins, self)
    self.chooser = chooser_type(self)

  def run(self):
    definitions = self.machine.definitions
    self.machine.program = self
    self.machine.before_switch = self.before_switch
    try:
      self.chooser.drive()
    except definitions.Trap as trap:
      self.log.append(['trap', self.machine.place(trap)])
    except CutOff as end:
      if end.why == 'platform':
        self.forget_choice()
      self.log.append(['end', end.why])
    except (AssertionError, Exception) as error:
      self.forget_choice()
      self.log.append(['fault', self.machine.place(error), repr(error)])
    self.machine.stop_blocked()
    return self.log

  def forget_choice(self):
    """Forgets a choice that could not be carried out."""
    if self.log[-1][0] == 'pick':
      self.log.pop()

  # What definitions.py asks.

  def choose(self, threads):
    order = self.world.store.waiting if self.cancelling is None else self.cancelling.threads
    ready = [thread for thread in order if thread in threads]
    if self.cancelling is None and self.waits_on_stack():
      # The runtime chooses only among threads that it can resume.
      for thread in ready:
        self.before_switch(thread)
    chosen = self.random.randrange(len(ready))
    self.log.append(['tick' if self.ticking else 'pick', len(ready), chosen])
    if self.cancelling is not None and self.cancelled_by_host and has_stack(ready[chosen]):
      self.log_later_turn(ready[chosen])
    self.ticking = False
    self.cancelling = None
    return ready[chosen]

  def log_later_turn(self, thread):
    """Logs that the runtime resumes a thread in a turn of its own, and not in the turn of the host that cancels it."""
    threads = [one for one in self.world.store.waiting if one is thread or one.ready()]
    if thread not in threads:
      threads.append(thread)
    self.log.append(['tick', len(threads), threads.index(thread)])

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
      raise CutOff('cut off')
    operation = self.chooser.next(activation, previous)
    while operation[-1] == 0 and len(operation) > 1:
      operation.pop()
    self.log.append(['next', activation.number, previous, operation])
    return operation + [0] * (7 - len(operation))

  def leave(self, activation):
    activation.planned = None

  # The host.

  def host_call(self, index, described, on_start, on_resolve):
    args = [self.received(value) for value in on_start()]
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
    value, shown = self.host_value(described)
    self.log.append(event + [shown])
    on_resolve(value)
    return lambda caller: None

  def received(self, value):
    """Returns what the host receives, for the log."""
    if not hasattr(value, 'read'):
      return to_json(value)
    sink = HostSink(self, len(self.sinks), value)
    self.sinks.append(sink)
    return {'sink': sink.number}

  def host_value(self, described):
    """Returns a result of the host, and how the log shows it."""
    result = described.get('result')
    return self.random_values([] if result is None else [result])

  def random_values(self, types):
    pairs = [self.random_value(type_) for type_ in types]
    return [value for value, _ in pairs], [shown for _, shown in pairs]

  def random_value(self, type_):
    if type_ == 'string':
      text = self.random.choice(self.world.guests[0].texts)['text']
      return host_string(text), text
    if type_ == '(stream u8)':
      # The host learns results from promises, so it has them only in its next turn.
      held = [sink for sink in self.sinks if sink.held and not sink.active and sink.host_turns < self.host_turns]
      if held and self.random.randrange(2):
        sink = self.random.choice(held)
        return sink.release(), {'sink': sink.number}
      source = self.source_type(self, len(self.sources))
      self.sources.append(source)
      return source, {'source': source.number}
    number = self.random.randrange(1000)
    return number, number

  def call(self, instance, function):
    described = self.world.topology['functions'][function]
    call = HostCall(len(self.calls))
    self.calls.append(call)
    args, shown = self.random_values(described['params'])
    self.log.append(['call', call.number, instance, function, shown])

    def on_resolve(result):
      call.resolved = True
      self.log.append(['resolved', call.number, None if result is None else [self.received(value) for value in result]])

    self.host_waits = not described['async']
    call.on_cancel = self.world.store.invoke(self.world.guests[instance].functions[function], lambda: args, on_resolve)
    self.host_waits = False

  def before_switch(self, thread):
    """Ends the program when a suspended stack would continue in a call that waits on a stack of JavaScript.

    Those are calls of the host of functions that are not asynchronous, and destructors. They also end it when one such
    call would continue below a newer one, because JavaScript can only continue the newest frame of its stack.
    """
    if self.waits_on_stack() and (has_stack(thread) or self.is_below(thread)):
      raise CutOff('platform')

  def is_below(self, thread):
    """Whether core code of a thread lies on the stack of JavaScript below a call that has no result yet."""
    task = thread.task
    if not thread.started or in_callback_loop(thread) or task not in self.on_stack:
      return False
    resolved = self.machine.definitions.Task.State.RESOLVED
    newer = self.on_stack[self.on_stack.index(task) + 1:]
    return any(one.state != resolved for one in newer)

  def waits_on_stack(self):
    resolved = self.machine.definitions.Task.State.RESOLVED
    return self.host_waits or any(task.state != resolved for task in self.destructors)

  def finish(self, operation):
    self.pending.remove(operation)
    value, shown = self.host_value(operation.described)
    self.log.append(['finish', operation.number, shown])
    operation.on_resolve(value)

  def give(self, source):
    item = None
    if self.random.randrange(6):
      item = [self.random.randrange(256) for _ in range(self.random.choice((1, 1, 2, 3, 5)))]
    self.log.append(['give', source.number, item])
    source.give(item)

  def read(self, sink):
    count = self.random.choice((1, 2, 3, 8))
    self.log.append(['read', sink.number, count])
    sink.read(count)

  def drop(self, sink):
    self.log.append(['drop', sink.number])
    sink.drop()

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

  def randint(self, low, high):
    return low

  def shuffle(self, elements):
    """Leaves the order to `WaitableSet` below."""


def has_stack(thread):
  """Whether a blocked thread has a suspended stack in the runtime.

  It has none before it starts, in the loop of a callback lift, and when JavaScript waits for its task.
  """
  task = thread.task
  if not thread.started:
    return False
  if thread is not task.implicit_thread:
    return True
  return not in_callback_loop(thread) and not task.under_host


def in_callback_loop(thread):
  """Whether the callback of a task will be called again, so that no core code of the thread is on a stack."""
  task = thread.task
  return thread is task.implicit_thread and task.opts.callback and task.inst.exclusive_thread is not thread


def prepare(machine):
  """Lets the program choose where the specification leaves a choice, and fixes the order of events."""
  definitions = machine.definitions
  machine.program = None
  definitions.random = ProgramRandom(machine)

  class Subtask(definitions.Subtask):
    def wait_for_pending_event(self):
      """Waits for the resolution. An undelivered event that the subtask has started is not what a canceller waits for."""
      self.has_sync_waiter = True
      machine.thread.wait_until(self.resolved)
      self.has_sync_waiter = False

  class Thread(definitions.Thread):
    started = False
    blocks_cancellably = False

    @property
    def cancellable(self):
      """A thread that runs is not resumed by a cancellation, even if it blocked cancellably the last time."""
      return self.blocks_cancellably and not self.running()

    @cancellable.setter
    def cancellable(self, value):
      self.blocks_cancellably = value

    def cancel_due(self):
      """In later texts of the specification, a pending cancellation wakes a callback that waits."""
      task = self.task
      return (task.opts.callback is not None and self is task.implicit_thread and self.cancellable
              and task.state == definitions.Task.State.PENDING_CANCEL and task.inst.exclusive_thread in (None, self))

    def ready(self):
      return super().ready() or (self.waiting() and self.cancel_due())

    def resume(self, cancelled=definitions.Cancelled.FALSE):
      if not cancelled and self.cancel_due():
        self.task.state = definitions.Task.State.CANCEL_DELIVERED
        cancelled = definitions.Cancelled.TRUE
      super().resume(cancelled)

    def __init__(self, task, thread_func):
      callee = dict(zip(thread_func.__code__.co_freevars, thread_func.__closure__)).get('callee')
      self.never_blocks = callee is not None and getattr(callee.cell_contents, '__name__', '') == 'realloc'
      super().__init__(task, thread_func)

  class Task(definitions.Task):
    def __init__(self, ft, opts, inst, on_start, on_resolve):
      super().__init__(ft, opts, inst, on_start, on_resolve)
      caller = machine.thread
      program = machine.program
      # JavaScript waits on its own stack for such a task.
      self.under_host = not ft.async_ and (caller is None or caller.task.under_host or program.drops_resource)
      if self.under_host:
        program.on_stack.append(self)
      if program.drops_resource:
        program.destructors.append(self)
        program.drops_resource = False

    def request_cancellation(self, caller):
      machine.program.cancelling = self
      machine.program.cancelled_by_host = caller is None
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

  new_error_context = definitions.canon_error_context_new

  def keep_message(opts, ptr, tagged_code_units):
    """The deterministic profile leaves the message empty, but the runtime keeps it, as every host may."""
    definitions.DETERMINISTIC_PROFILE = False
    try:
      return new_error_context(opts, ptr, tagged_code_units)
    finally:
      definitions.DETERMINISTIC_PROFILE = True

  definitions.host_defined_transformation = lambda message: message
  definitions.canon_error_context_new = keep_message
  drop_resource = definitions.canon_resource_drop

  def note_destructor(rt, i):
    machine.program.drops_resource = True
    try:
      return drop_resource(rt, i)
    finally:
      machine.program.drops_resource = False

  cancel_copy = definitions.cancel_copy

  def cancel_undelivered(EndT, event_code, type_, async_, i):
    """A cancellation wins over an undelivered COMPLETED, as in later texts of the specification."""
    handles = machine.thread.task.inst.handles.array
    end = handles[i] if i < len(handles) else None
    event = getattr(end, 'pending_event', None)
    if isinstance(end, EndT) and event is not None and event.args[0] == definitions.CopyResult.COMPLETED:
      if event_code in (definitions.EventCode.STREAM_READ, definitions.EventCode.STREAM_WRITE):
        end.pending_event = partial(event.func, definitions.CopyResult.CANCELLED, *event.args[1:], **event.keywords)
    return cancel_copy(EndT, event_code, type_, async_, i)

  cancel_subtask = definitions.canon_subtask_cancel

  def cancel_outside_sets(async_, i):
    """In later texts of the specification, a subtask in a waitable set is not cancelled asynchronously either."""
    handles = machine.thread.task.inst.handles.array
    subtask = handles[i] if i < len(handles) else None
    is_member = isinstance(subtask, definitions.Waitable) and subtask.in_waitable_set()
    return cancel_subtask(async_ and not is_member, i)

  def promoting(how):
    promote, resume = (getattr(definitions, f'canon_thread_{how}_then_{what}') for what in ('promote', 'resume'))
    leave = getattr(definitions, f'canon_thread_{how}')

    def promote_other(cancellable, i):
      """In later texts of the specification, a thread cannot promote itself."""
      threads = machine.thread.task.inst.threads.array
      other = threads[i] if i < len(threads) else None
      if other is machine.thread:
        return resume(cancellable, i)
      # A thread that only a cancellation wakes is not ready yet.
      if other is not None and other.cancel_due() and not other.ready_func():
        return leave(cancellable)
      return promote(cancellable, i)

    return promote_other

  for how in ('suspend', 'yield'):
    setattr(definitions, f'canon_thread_{how}_then_promote', promoting(how))
  definitions.canon_subtask_cancel = cancel_outside_sets
  definitions.canon_resource_drop = note_destructor
  definitions.cancel_copy = cancel_undelivered
  definitions.Thread = Thread
  definitions.Task = Task
  definitions.Subtask = Subtask
  definitions.WaitableSet = WaitableSet
