"""Chooses what the host and the guests of a program do next, from the state of definitions.py at that moment.

Most operations are legal; some are not, so that programs end with traps. Each program weighs the groups of operations
differently, so that rare combinations come up.
"""

from world import ARM, CALLBACK, DESTRUCTOR, PEEK, POKE, RETURN, THREAD

SCRATCH, SCRATCH_END, REGION = 1024, 8192, 64
HUGE = 2**28

WEIGHTS = {
  'new': 3, 'write': 7, 'read': 7, 'cancel_copy': 2, 'drop_end': 2, 'join': 5, 'set': 2, 'wait': 4, 'poll': 1.5,
  'call': 7, 'subtask': 3, 'resolve': 2, 'backpressure': 0.5, 'context': 0.7, 'new_thread': 1.5, 'switch': 3,
  'error_context': 0.6, 'resource': 1, 'peek': 1.5, 'arm': 0.25,
}


class Needed(Exception):
  """An operation must come first, because a handle is missing."""

  def __init__(self, operation):
    self.operation = operation


class Codes:
  """The operation codes of the built-ins by their description."""

  def __init__(self, topology):
    self.builtins = topology['builtins']
    self.codes = {}
    for index, one in enumerate(self.builtins):
      key = (one['name'], one.get('type'), one.get('async', False), one.get('cancellable', False), one.get('slot'))
      self.codes[key] = 4 + index
    self.copied = sorted({one['type'] for one in self.builtins if one['name'] in ('stream.new', 'future.new')})
    functions = topology['functions']
    self.for_host = [index for index, one in enumerate(functions) if one['forHost']]
    self.make = next(index for index, one in enumerate(functions)
                     if one['params'] == ['u32'] and one.get('result') == '(own $r)')

  def __call__(self, name, type_=None, async_=False, cancellable=False, slot=None):
    return self.codes[(name, type_, async_, cancellable, slot)]


class Chooser:
  def __init__(self, program, codes):
    self.program = program
    self.random = program.random
    self.codes = codes
    self.definitions = program.machine.definitions
    random = self.random
    self.names = list(WEIGHTS)
    self.weights = [WEIGHTS[name] * random.choice((0.1, 0.5, 1, 1, 2)) for name in self.names]
    self.mistakes = random.choice((0, 0, 0, 0.005, 0.03))
    self.blocks_in_sync = random.choice((0, 0.003, 0.05))
    self.synchronous = random.choice((0.1, 0.4, 0.8))
    self.types = random.sample(codes.copied, random.randrange(1, 4))
    self.max_calls = random.randrange(2, 9)
    for guest in program.world.guests:
      guest.region = SCRATCH
      guest.recent = []
      guest.reserved = []
      guest.backpressure = 0

  # The host.

  def drive(self):
    program, random, store = self.program, self.random, self.program.world.store
    while True:
      options = []
      if any(thread.ready() for thread in store.waiting):
        options.append((5, program.tick))
      if len(program.calls) < self.max_calls:
        options.append((1.5, self.call))
      if program.pending:
        options.append((1.5, lambda: program.finish(random.choice(program.pending))))
      pulled = [source for source in program.sources if source.pulling]
      if pulled:
        options.append((1.5, lambda: program.give(random.choice(pulled))))
      held = [sink for sink in program.sinks if sink.held and not sink.active]
      if held and program.host_acts > 0:
        options.append((1, lambda: program.read(random.choice(held))))
        options.append((0.2, lambda: program.drop(random.choice(held))))
      waiting = [call for call in program.calls if not call.resolved and not call.cancelled]
      if waiting:
        options.append((0.3, lambda: program.cancel(random.choice(waiting))))
        if len(options) == 1 and random.randrange(3):
          options = []
      if not options:
        program.log.append(['end', 'waiting' if any(not call.resolved for call in program.calls) else 'done'])
        return
      program.host_acts -= 1
      option = self.weighted(options)
      if option != program.tick:
        program.host_turns += 1
      option()

  def weighted(self, options):
    return self.random.choices([option for _, option in options], [weight for weight, _ in options])[0]

  def call(self):
    guests = self.program.world.guests
    self.program.call(self.random.randrange(len(guests)), self.random.choice(self.codes.for_host))

  def budget(self):
    return self.random.choice((2, 3, 4, 6, 8, 12, 20))

  # The guests.

  def next(self, activation, previous):
    try:
      return self.operation(activation)
    except Needed as needed:
      return needed.operation

  def operation(self, activation):
    if activation.planned:
      return activation.planned.pop(0)
    activation.budget -= 1
    if self.random.random() < self.mistakes:
      return self.wrong_time(activation) if self.random.randrange(5) > 1 else self.mistake(activation.guest)
    if activation.budget > 0:
      for name in self.random.choices(self.names, self.weights, k=6):
        operation = getattr(self, GROUPS[name])(activation)
        if operation is not None:
          return operation
    return self.finish(activation)

  def plan(self, activation, *operations):
    activation.planned += operations[1:]
    return operations[0]

  def new_region(self, guest):
    region = guest.region
    guest.region += REGION
    if guest.region == SCRATCH_END:
      guest.region = SCRATCH
    return region

  def remember(self, guest, region):
    guest.recent = guest.recent[-5:] + [region]

  def handles(self, guest, kind):
    return [(index, one) for index, one in enumerate(guest.instance.handles.array) if isinstance(one, kind)]

  def maybe_blocks(self, activation):
    """Whether the current thread may block without a trap, or should anyway."""
    task = activation.task
    definitions = self.definitions
    if task.ft.async_ or task.state == definitions.Task.State.RESOLVED:
      return True
    exclusive = task.inst.exclusive_thread
    if any(thread.ready() and thread is not exclusive for thread in task.inst.threads) and not task.under_host:
      return self.random.randrange(3) > 0
    return self.random.random() < self.blocks_in_sync

  def choose_sync(self, activation, waitable=None):
    """Whether to use the synchronous form of a built-in."""
    if waitable is not None and waitable.wset is not None:
      return False
    return self.random.random() < self.synchronous and self.maybe_blocks(activation)

  def type_of(self, end):
    definitions = self.definitions
    kind = 'stream' if isinstance(end, (definitions.ReadableStreamEnd, definitions.WritableStreamEnd)) else 'future'
    for text in self.codes.copied:
      if text[1:].startswith(kind) and self.program.world.types.of(text, None).t == end.shared.t:
        return kind, text
    raise ValueError(end)

  # Values.

  def build(self, guest, type_, used=()):
    """Returns the core values of a value of a type, whose handles are in the guest's table.

    `used` are the core values of the arguments before it.
    """
    definitions, random, world = self.definitions, self.random, self.program.world
    if type_ == 'string':
      text = random.choice(guest.texts)
      return [text['address'], text['units']]
    if type_.startswith('(tuple'):
      return [random.randrange(1000), random.randrange(1000)]
    if '$r' in type_:
      own = type_.startswith('(own')
      free = [index for index, one in self.handles(guest, definitions.ResourceHandle)
              if (not own or (one.own and one.num_lends == 0 and index not in used)) and one not in guest.reserved]
      if free:
        index = random.choice(free)
        if own:
          self.reserve(guest, index)
        return [index]
      if guest.defines_resource:
        raise Needed([self.codes('resource.new'), random.randrange(1, 1000)])
      raise Needed([self.import_code(guest, lambda one: one.callee is world.guests[0] and one.index == self.codes.make),
                    random.randrange(1, 1000)])
    if type_.startswith('(stream') or type_.startswith('(future'):
      t = world.types.of(type_, None).t
      end_type = definitions.ReadableStreamEnd if type_.startswith('(stream') else definitions.ReadableFutureEnd
      free = [index for index, one in self.handles(guest, end_type)
              if one.shared.t == t and one.state == definitions.CopyState.IDLE and one.wset is None
              and one not in guest.reserved]
      if free:
        index = random.choice(free)
        self.reserve(guest, index)
        return [index]
      raise Needed([self.codes(type_[1:7] + '.new', type_)])
    return [random.randrange(100000)]

  def reserve(self, guest, index):
    guest.reserved.append(guest.instance.handles.array[index])

  def import_code(self, guest, condition):
    index = next(index for index, one in enumerate(guest.imports) if condition(one))
    return 4 + len(self.codes.builtins) + index

  def pokes(self, address, words):
    return [[POKE, address + 4 * index, word] for index, word in enumerate(words)]

  # Groups of operations. Each returns an operation, or None when none is possible.

  def new(self, activation):
    guest = activation.guest
    if len(self.handles(guest, self.definitions.CopyEnd)) > 12:
      return None
    type_ = self.random.choice(self.types)
    return [self.codes(type_[1:7] + '.new', type_)]

  def idle_end(self, guest, kinds):
    ends = [(index, end) for index, end in self.handles(guest, kinds)
            if end.state == self.definitions.CopyState.IDLE and end not in guest.reserved
            and not self.meets_itself(guest, end)]
    return self.random.choice(ends) if ends else None

  def meets_itself(self, guest, end):
    """Whether a copy would be inside one instance, which traps for most types."""
    shared = end.shared
    if getattr(shared, 'pending_inst', None) is not guest.instance or self.definitions.none_or_number_type(shared.t):
      return False
    return self.random.randrange(20) > 0

  def write(self, activation):
    definitions, guest = self.definitions, activation.guest
    found = self.idle_end(guest, (definitions.WritableStreamEnd, definitions.WritableFutureEnd))
    if found is None:
      return None
    index, end = found
    kind, type_ = self.type_of(end)
    async_ = not self.choose_sync(activation, end)
    count = self.random.choice((0, 1, 1, 2, 3, 4, 7)) if kind == 'stream' else 1
    region = self.new_region(guest)
    words = []
    match type_:
      case '(stream u8)':
        words = [self.random.randrange(2**32) for _ in range((count + 3) // 4)]
      case '(stream string)' | '(future string)':
        words = [word for _ in range(count) for word in self.build(guest, 'string')]
      case '(stream (future u16))':
        count = min(count, 2)
        words = [self.build(guest, '(future u16)')[0] for _ in range(count)]
      case '(stream u32)' | '(future u16)':
        words = [self.random.randrange(2**32) for _ in range(count)]
    operands = [index, region, count] if kind == 'stream' else [index, region]
    return self.plan(activation, *self.pokes(region, words), [self.codes(f'{kind}.write', type_, async_), *operands])

  def read(self, activation):
    definitions, guest = self.definitions, activation.guest
    found = self.idle_end(guest, (definitions.ReadableStreamEnd, definitions.ReadableFutureEnd))
    if found is None:
      return None
    index, end = found
    kind, type_ = self.type_of(end)
    async_ = not self.choose_sync(activation, end)
    region = self.new_region(guest)
    self.remember(guest, region)
    count = self.random.choice((0, 1, 1, 2, 3, 4, 7))
    operands = [index, region, count] if kind == 'stream' else [index, region]
    return [self.codes(f'{kind}.read', type_, async_), *operands]

  def cancel_copy(self, activation):
    definitions, guest = self.definitions, activation.guest
    ends = [(index, end) for index, end in self.handles(guest, definitions.CopyEnd)
            if end.state == definitions.CopyState.COPYING and not end.has_sync_waiter]
    if not ends:
      return None
    index, end = self.random.choice(ends)
    kind, type_ = self.type_of(end)
    readable = isinstance(end, (definitions.ReadableStreamEnd, definitions.ReadableFutureEnd))
    async_ = not self.choose_sync(activation, end)
    return [self.codes(f'{kind}.cancel-{"read" if readable else "write"}', type_, async_), index]

  def drop_end(self, activation):
    definitions, guest = self.definitions, activation.guest
    ends = [(index, end) for index, end in self.handles(guest, definitions.CopyEnd)
            if not end.copying() and end not in guest.reserved
            and (not isinstance(end, definitions.WritableFutureEnd) or end.state == definitions.CopyState.DONE)]
    if not ends:
      return None
    index, end = self.random.choice(ends)
    kind, type_ = self.type_of(end)
    readable = isinstance(end, (definitions.ReadableStreamEnd, definitions.ReadableFutureEnd))
    return [self.codes(f'{kind}.drop-{"readable" if readable else "writable"}', type_), index]

  def unfinished(self, waitable):
    """Whether a waitable has an event, or will have one."""
    if isinstance(waitable, self.definitions.Subtask):
      return not waitable.resolve_delivered()
    return waitable.copying()

  def join(self, activation):
    definitions, guest = self.definitions, activation.guest
    waitables = [(index, one) for index, one in self.handles(guest, definitions.Waitable)
                 if not one.has_sync_waiter and (self.unfinished(one) or self.random.randrange(4) == 0)]
    if not waitables:
      return None
    sets = [index for index, _ in self.handles(guest, definitions.WaitableSet)]
    if not sets:
      return [self.codes('waitable-set.new')]
    index, waitable = self.random.choice(waitables)
    leaves = waitable.wset is not None and self.random.randrange(4) == 0
    return [self.codes('waitable.join'), index, 0 if leaves else self.random.choice(sets)]

  def set(self, activation):
    definitions, guest = self.definitions, activation.guest
    sets = self.handles(guest, definitions.WaitableSet)
    unused = [index for index, one in sets if not one.elems and one.num_waiting == 0]
    if unused and (len(sets) > 3 or self.random.randrange(3) == 0):
      return [self.codes('waitable-set.drop'), self.random.choice(unused)]
    return [self.codes('waitable-set.new')] if len(sets) < 4 else None

  def useful_set(self, guest):
    sets = [index for index, one in self.handles(guest, self.definitions.WaitableSet)
            if any(self.unfinished(waitable) for waitable in one.elems) or self.random.randrange(12) == 0]
    return self.random.choice(sets) if sets else None

  def wait(self, activation):
    guest = activation.guest
    index = self.useful_set(guest)
    if index is None or not self.maybe_blocks(activation):
      return None
    return self.wait_on(activation, 'waitable-set.wait', index)

  def poll(self, activation):
    index = self.useful_set(activation.guest)
    return None if index is None else self.wait_on(activation, 'waitable-set.poll', index)

  def wait_on(self, activation, name, index):
    region = self.new_region(activation.guest)
    cancellable = self.random.randrange(2) == 0
    return self.plan(activation, [self.codes(name, cancellable=cancellable), index, region],
                     [PEEK, region], [PEEK, region + 4])

  def call_group(self, guest, activation):
    imports = [index for index, one in enumerate(guest.imports)
               if one.async_ or not one.described['async'] or self.random.random() < self.synchronous]
    if not imports:
      return None
    return self.random.choice(imports)

  # `call` names what the host does, too.
  def call_import(self, activation):
    random, guest = self.random, activation.guest
    chosen = self.call_group(guest, activation)
    if chosen is None:
      return None
    callee = guest.imports[chosen]
    if callee.callee is not None and not callee.callee.instance.may_enter_from(guest.instance) and random.randrange(20):
      return None
    if not callee.async_ and callee.described['async'] and not self.maybe_blocks(activation):
      return None
    reserved = list(guest.reserved)
    try:
      flat = []
      for type_ in callee.described['params']:
        flat += self.build(guest, type_, flat if self.random.randrange(20) else ())
    except Needed:
      guest.reserved = reserved
      raise
    code = 4 + len(self.codes.builtins) + chosen
    before, after = [], []
    if callee.async_ and len(flat) > 4:
      region = self.new_region(guest)
      before = self.pokes(region, flat)
      flat = [region]
    if len(flat) < callee.params:
      region = self.new_region(guest)
      self.remember(guest, region)
      flat.append(region)
      if not callee.async_ or self.random.randrange(2):
        after = [[PEEK, region]]
    return self.plan(activation, *before, [code, *flat], *after)

  def subtask(self, activation):
    guest = activation.guest
    subtasks = self.handles(guest, self.definitions.Subtask)
    delivered = [index for index, one in subtasks if one.resolve_delivered()]
    if delivered and self.random.randrange(3):
      return [self.codes('subtask.drop'), self.random.choice(delivered)]
    running = [(index, one) for index, one in subtasks
               if not one.resolve_delivered() and not one.cancellation_requested]
    if not running or self.random.randrange(2):
      return None
    index, one = self.random.choice(running)
    return [self.codes('subtask.cancel', async_=not self.choose_sync(activation, one)), index]

  def resolve(self, activation):
    """Returns the operation that gives the task its result, when it is time for it."""
    task = activation.task
    State = self.definitions.Task.State
    if not task.opts.async_ or task.state == State.RESOLVED:
      return None
    if task.num_borrows > 0:
      return self.drop_borrow(activation)
    if task.state == State.CANCEL_DELIVERED and self.random.randrange(3):
      return [self.codes('task.cancel')]
    text = self.result_type(activation)
    return [self.codes('task.return', text), *([] if text is None else self.build(activation.guest, text))]

  def result_type(self, activation):
    """Returns the text of the result type of the activation's task."""
    task = activation.task
    for described in self.program.world.topology['functions']:
      text = described.get('result')
      if task.ft.result == ([] if text is None else [self.program.world.types.of(text, activation.guest.resource)]):
        return text
    raise ValueError(task.ft)

  def drop_borrow(self, activation):
    for index, one in self.handles(activation.guest, self.definitions.ResourceHandle):
      if one.borrow_scope is activation.task and one.num_lends == 0:
        return [self.codes('resource.drop'), index]
    return None

  def backpressure(self, activation):
    guest = activation.guest
    if guest.instance.backpressure > 0 and self.random.randrange(3):
      return [self.codes('backpressure.dec')]
    return [self.codes('backpressure.inc')] if guest.instance.backpressure < 2 else None

  def context(self, activation):
    slot = self.random.randrange(2)
    if self.random.randrange(2):
      return [self.codes('context.get', slot=slot)]
    return [self.codes('context.set', slot=slot), self.random.randrange(2**32)]

  def new_thread(self, activation):
    if len(activation.guest.threads()) > 6:
      return None
    return [self.codes('thread.new-indirect'), self.random.choice((1, 2)), self.random.randrange(1000)]

  def switch(self, activation):
    random = self.random
    threads = [thread for thread in activation.guest.threads() if not thread.running()]
    suspended = [thread.index for thread in threads if thread.suspended()]
    kind = random.choice(('index', 'resume-later', 'resume-later', 'suspend', 'yield', 'yield', 'resume', 'resume',
                          'promote'))
    if kind == 'index':
      return [self.codes('thread.index')] if random.randrange(4) == 0 else None
    if kind == 'resume-later':
      return [self.codes('thread.resume-later'), random.choice(suspended)] if suspended else None
    if not self.maybe_blocks(activation):
      return None
    cancellable = random.randrange(2) == 0
    first = random.choice(('suspend', 'yield'))
    match kind:
      case 'suspend':
        return [self.codes('thread.suspend', cancellable=cancellable)] if random.randrange(2) else None
      case 'yield':
        return [self.codes('thread.yield', cancellable=cancellable)]
      case 'resume':
        if not suspended:
          return None
        return [self.codes(f'thread.{first}-then-resume', cancellable=cancellable), random.choice(suspended)]
    if not threads:
      return None
    return [self.codes(f'thread.{first}-then-promote', cancellable=cancellable), random.choice(threads).index]

  def error_context(self, activation):
    guest = activation.guest
    found = [index for index, _ in self.handles(guest, self.definitions.ErrorContext)]
    if not found:
      return [self.codes('error-context.new'), *self.build(guest, 'string')]
    if self.random.randrange(2):
      return [self.codes('error-context.drop'), self.random.choice(found)]
    region = self.new_region(guest)
    return self.plan(activation, [self.codes('error-context.debug-message'), self.random.choice(found), region],
                     [PEEK, region + 4])

  def resource(self, activation):
    guest = activation.guest
    found = [(index, one) for index, one in self.handles(guest, self.definitions.ResourceHandle)
             if one not in guest.reserved]
    if guest.defines_resource and (not found or self.random.randrange(3) == 0):
      return [self.codes('resource.new'), self.random.randrange(1, 1000)]
    if not found:
      return None
    index, one = self.random.choice(found)
    if guest.defines_resource and self.random.randrange(2):
      return [self.codes('resource.rep'), index]
    return [self.codes('resource.drop'), index] if one.num_lends == 0 else None

  def peek(self, activation):
    recent = activation.guest.recent
    return [PEEK, self.random.choice(recent) + 4 * self.random.randrange(4)] if recent else None

  def arm(self, activation):
    """Lets realloc or post-return do something; most built-ins trap there."""
    if self.random.randrange(3) == 0 and self.mistakes > 0:
      return [ARM, *self.mistake(activation.guest)[:5]]
    code = self.random.choice((self.codes('context.get', slot=0), self.codes('context.set', slot=0),
                               self.codes('backpressure.inc')))
    return [ARM, code, self.random.randrange(1000)]

  def wrong_time(self, activation):
    """An operation on something of the right type, whatever its state."""
    definitions, guest, random = self.definitions, activation.guest, self.random
    handles = [(index, one) for index, one in enumerate(guest.instance.handles.array) if one is not None]
    others = ['task.return', 'task.cancel', 'thread', 'thread', 'backpressure.dec']
    chosen = random.choice(handles + others) if handles else random.choice(others)
    if chosen == 'task.return':
      text = self.result_type(activation)
      return [self.codes('task.return', text), *([] if text is None else self.build(guest, text))]
    if chosen == 'thread':
      index = random.choice([thread.index for thread in guest.threads()])
      name = random.choice(('resume-later', 'suspend-then-resume', 'yield-then-resume', 'suspend-then-promote'))
      return [self.codes('thread.' + name), index]
    if isinstance(chosen, str):
      return [self.codes(chosen)]
    index, one = chosen
    match one:
      case definitions.CopyEnd():
        kind, type_ = self.type_of(one)
        side = 'read' if isinstance(one, (definitions.ReadableStreamEnd, definitions.ReadableFutureEnd)) else 'write'
        match random.randrange(4):
          case 0:
            return [self.codes(f'{kind}.drop-{"readable" if side == "read" else "writable"}', type_), index]
          case 1:
            return [self.codes(f'{kind}.cancel-{side}', type_, random.randrange(2) == 0), index]
          case 2 if side == 'read':
            lowered = [4 + len(self.codes.builtins) + at for at, one in enumerate(guest.imports)
                       if one.described['params'][:1] == [type_] and len(one.described['params']) == 1]
            if lowered:
              return [random.choice(lowered), index, self.new_region(guest)]
        region = self.new_region(guest) + random.choice((0, 0, 1, 2))
        operands = [index, region, random.choice((0, 1, 3, HUGE, HUGE - 1))] if kind == 'stream' else [index, region]
        return [self.codes(f'{kind}.{side}', type_, random.randrange(2) == 0), *operands]
      case definitions.Subtask():
        return random.choice(([self.codes('subtask.cancel', async_=random.randrange(2) == 0), index],
                              [self.codes('subtask.drop'), index]))
      case definitions.WaitableSet():
        return [self.codes('waitable-set.drop'), index]
      case definitions.ResourceHandle():
        return [self.codes('resource.drop'), index]
    return [self.codes('waitable.join'), index, 0]

  def mistake(self, guest):
    """Any operation on anything."""
    random = self.random
    builtins = self.codes.builtins
    index = random.randrange(len(builtins) + len(guest.imports))
    if index >= len(builtins):
      params = guest.imports[index - len(builtins)].params
      return [4 + index, *(self.any_operand(guest) for _ in range(params))]
    described = builtins[index]
    operands = [self.any_operand(guest) for _ in range(described['params'])]
    name = described['name']
    if name in ('waitable-set.wait', 'waitable-set.poll', 'error-context.debug-message'):
      operands[1] = self.new_region(guest)
    if name == 'thread.new-indirect':
      operands[0] = random.choice((0, 1, 3, 99))
    if name == 'error-context.new':
      operands = self.build(guest, 'string')
    return [4 + index, *operands]

  def any_operand(self, guest):
    random = self.random
    kind = random.randrange(8)
    if kind < 5:
      return random.randrange(len(guest.instance.handles.array) + 1)
    if kind == 5:
      return random.choice((0, 1, 2, 3, 5, 8))
    return random.choice((HUGE, HUGE - 1, 65536, 65532, 2**32 - 1, SCRATCH + 1, SCRATCH + 4))

  # The end of an activation.

  def finish(self, activation):
    definitions, task, random = self.definitions, activation.task, self.random
    resolved = task.state == definitions.Task.State.RESOLVED
    if activation.entry == DESTRUCTOR:
      return [RETURN]
    others = any(thread is not self.program.machine.thread for thread in task.threads)
    must_resolve = not resolved and (not others or random.randrange(4) > 0)
    waits = activation.budget > -6 and random.randrange(3) == 0
    if CALLBACK > activation.entry and not task.opts.async_:
      return self.finish_sync(activation)
    if activation.entry == THREAD or not task.opts.callback:
      if waits and activation.budget > -3:
        operation = self.wait(activation)
        if operation is not None:
          return operation
      operation = self.resolve(activation) if must_resolve else None
      if operation is None and must_resolve and activation.budget > -8 and task.opts.async_:
        return [self.codes('thread.yield')]
      return [RETURN] if operation is None else operation
    return self.finish_callback(activation, must_resolve, waits)

  def finish_sync(self, activation):
    task, guest = activation.task, activation.guest
    if task.num_borrows > 0:
      operation = self.drop_borrow(activation)
      if operation is not None:
        return operation
      if activation.budget > -8 and self.maybe_blocks(activation):
        return [self.codes('thread.yield')]
    text = self.result_type(activation)
    if text is None:
      return [RETURN]
    flat = self.build(guest, text)
    if len(flat) == 1:
      return [RETURN, *flat]
    region = self.new_region(guest)
    return self.plan(activation, *self.pokes(region, flat), [RETURN, region])

  def finish_callback(self, activation, must_resolve, waits):
    """Returns from a core function of a callback lift: to exit, to yield, or to wait."""
    if must_resolve and not waits:
      operation = self.resolve(activation)
      if operation is not None:
        return operation
    index = self.useful_set(activation.guest)
    if must_resolve or waits:
      if index is not None and self.random.randrange(3):
        return [RETURN, 2 | (index << 4)]
      return [RETURN, 1]
    if self.random.random() < self.mistakes:
      return [RETURN, self.random.choice((3, 15, 2, 2 | (99 << 4), 2 | (1 << 4)))]
    return [RETURN, 0]


# The group of operations that call other functions has the name of its weight.
GROUPS = {name: name for name in WEIGHTS} | {'call': 'call_import'}
