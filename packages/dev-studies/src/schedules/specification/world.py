"""The component instances of the topology, over definitions.py, with core functions that run a program's operations."""

import struct

from values import parse_type

RETURN, POKE, PEEK, ARM = range(4)
CALLBACK, THREAD, DESTRUCTOR = 1000, 2000, 3000

# The layout of a guest's memory, as in topology.ts.
OPERATION, SLOTS, SLOT_SIZE, MEMORY_SIZE = 8, 32768, 256, 65536

MASK = 2**32 - 1


class Types:
  """The types of the topology that do not mention a resource, and a function for those that do."""

  def __init__(self, definitions, topology):
    self.definitions = definitions
    self.known = {}

  def of(self, text, resource):
    if '$r' in text:
      return parse_type(self.definitions, text, resource)
    if text not in self.known:
      self.known[text] = parse_type(self.definitions, text, None)
    return self.known[text]

  def function(self, described, resource):
    result = described.get('result')
    return self.definitions.FuncType(
      [self.of(text, resource) for text in described['params']],
      [] if result is None else [self.of(result, resource)],
      async_=described['async'])


class Guest:
  """A component instance with its memory, its functions and what its interpreter needs."""

  def __init__(self, world, index):
    definitions = world.definitions
    described = world.topology['instances'][index]
    self.world = world
    self.index = index
    self.name = described['name']
    self.encoding = described['encoding']
    self.texts = described['texts']
    self.lowered = described['lowered']
    self.parent = described.get('parent')
    around = world.root if self.parent is None else world.guests[self.parent].instance
    self.instance = definitions.ComponentInstance(world.store, around)
    self.instance.threads = world.thread_table_type()
    # The first instance defines the resource type that others import. An inner instance defines another one.
    self.defines_resource = index == 0 or self.parent is not None
    if self.defines_resource:
      self.resource = definitions.ResourceType(self.instance, self.destructor)
    else:
      self.resource = world.guests[0].resource
    self.memory = definitions.MemInst(bytearray(MEMORY_SIZE), 'i32')
    for text in self.texts:
      at = text['address']
      self.memory.bytes[at:at + len(text['bytes'])] = bytes(text['bytes'])
    self.slot = SLOTS
    self.armed = None
    self.lift_options = definitions.LiftOptions(self.encoding, self.memory)
    self.copy_options = {
      async_: definitions.CanonicalOptions(self.encoding, self.memory, self.realloc, None, async_)
      for async_ in (False, True)
    }
    self.threads_table = definitions.Table()
    start = definitions.CoreFuncType(['i32'], [])
    # Slot 0 of the table is empty in definitions.py and holds a function of another type here; both trap.
    self.threads_table.array = [
      None,
      definitions.CoreFuncRef(start, self.thread_start),
      definitions.CoreFuncRef(start, self.thread_start),
      None,
      definitions.CoreFuncRef(start, self.destructor),
    ]

  def threads(self):
    return [thread for thread in self.instance.threads.array if thread is not None]

  def word(self, address):
    return int.from_bytes(self.memory.bytes[address:address + 4], 'little')

  def poke(self, address, word):
    self.memory.bytes[address:address + 4] = word.to_bytes(4, 'little')

  def realloc(self, args):
    self.run_armed()
    if args[0] != 0:
      return [args[0]]
    address = self.slot
    self.slot += SLOT_SIZE
    if self.slot == MEMORY_SIZE:
      self.slot = SLOTS
    return [address]

  def run_armed(self):
    if self.armed is not None:
      operation, *operands = self.armed
      self.armed = None
      self.perform(operation, operands)

  def thread_start(self, args):
    self.entered(THREAD, args)
    return []

  def destructor(self, args):
    self.entered(DESTRUCTOR, args)
    return []

  def entered(self, entry, args):
    """A core function was called: runs operations until one of them is RETURN, and returns its operand."""
    program = self.world.program
    activation = program.enter(self, entry, args)
    previous = 0
    while True:
      words = program.next(activation, previous)
      # The host writes the operation into the guest's memory.
      self.memory.bytes[OPERATION:OPERATION + 28] = struct.pack('<7I', *words)
      operation, *operands = words
      if operation == RETURN:
        program.leave(activation)
        return operands[0]
      previous = self.perform(operation, operands)

  def perform(self, operation, operands):
    match operation:
      case 0:
        return 0
      case 1:
        self.poke(operands[0], operands[1])
        return 0
      case 2:
        return self.word(operands[0])
      case 3:
        self.armed = [*operands, 0]
        return 0
    index = operation - 4
    builtins = self.world.builtins
    if index < len(builtins):
      results = builtins[index].perform(self, operands)
    else:
      callee = self.imports[index - len(builtins)]
      results = callee.core(operands[:callee.params])
    return results[0] if results else 0

  def lift(self, index, described):
    """Returns a function that this instance exports."""
    definitions = self.world.definitions
    ft = self.world.types.function(described, self.resource)
    abi = described['abi']
    has_result = abi == 'callback' or (abi == 'sync' and 'result' in described)

    def core(args):
      result = self.entered(index, args)
      return [result] if has_result else []

    def callback(args):
      return [self.entered(CALLBACK + index, args)]

    def post_return(args):
      self.run_armed()
      return []

    options = definitions.CanonicalOptions(
      self.encoding, self.memory, self.realloc,
      post_return if described['postReturn'] else None,
      abi != 'sync',
      callback if abi == 'callback' else None)
    return self.world.store.lift(core, ft, options, self.instance)


class Import:
  """A function that a guest calls, lowered."""

  def __init__(self, guest, lowered):
    world = guest.world
    definitions = world.definitions
    self.async_ = lowered['async']
    self.index = lowered['index']
    if 'callee' in lowered:
      self.callee = world.guests[lowered['callee']]
      self.described = world.topology['functions'][self.index]
      function = self.callee.functions[self.index]
    else:
      self.callee = None
      self.described = world.topology['hostFunctions'][self.index]
      function = world.host_function(self.index)
    ft = world.types.function(self.described, guest.resource)
    options = guest.copy_options[self.async_]
    self.params = len(definitions.flatten_functype(options, ft, 'lower').params)
    self.core = world.store.lower(function, ft, options, guest.instance)


def thread_table_type(definitions):
  class ThreadTable(definitions.Table):
    """The threads of an instance.

    Only a call that is not asynchronous and blocks goes through them, to choose one that may run meanwhile. In later
    texts of the specification this is never the implicit thread of a task that needs the instance for itself.
    """

    def __iter__(self):
      for thread in super().__iter__():
        task = thread.task
        if not (task.ft.async_ and task.needs_exclusive() and thread is task.implicit_thread):
          yield thread

  return ThreadTable


class World:
  """One store with all instances of the topology."""

  def __init__(self, machine, topology, types, builtins, program):
    definitions = machine.definitions
    self.definitions = definitions
    self.topology = topology
    self.types = types
    self.builtins = builtins
    self.program = program
    self.thread_table_type = thread_table_type(definitions)
    self.store = definitions.Store()
    self.root = definitions.ComponentInstance(self.store)
    self.guests = []
    for index in range(len(topology['instances'])):
      self.guests.append(Guest(self, index))
    for guest in self.guests:
      guest.functions = [guest.lift(index, described) for index, described in enumerate(topology['functions'])]
    for guest in self.guests:
      guest.imports = [Import(guest, lowered) for lowered in guest.lowered]

  def host_function(self, index):
    described = self.topology['hostFunctions'][index]

    def function(on_start, on_resolve, caller):
      return self.program.host_call(index, described, on_start, on_resolve)

    return function
