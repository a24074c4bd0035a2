"""The host's ends of streams of bytes, which do what the runtime's do.

A source has items only when the program gives them, and is asked for one item at a time. A sink is a readable end in
the hands of the host, which reads when the program says so.
"""


class HostSource:
  """What the host gives as a `stream<u8>`."""

  def __init__(self, program, number):
    self.program = program
    self.number = number
    self.t = program.machine.definitions.U8Type()
    self.kept = []
    self.reading = None
    self.pulling = False
    self.ended = False

  def read(self, inst, dst_buffer, on_copy, on_copy_done):
    self.reading = (dst_buffer, on_copy_done)
    self.serve()

  def cancel(self):
    self.finish(self.program.machine.definitions.CopyResult.CANCELLED)

  def drop(self):
    self.kept = []
    if not self.ended:
      self.ended = True
      self.program.log.append(['closed', self.number])
    if self.reading is not None:
      self.finish(self.program.machine.definitions.CopyResult.DROPPED)

  def finish(self, result):
    _, on_copy_done = self.reading
    self.reading = None
    on_copy_done(result)

  def serve(self):
    CopyResult = self.program.machine.definitions.CopyResult
    buffer, _ = self.reading
    served = False
    if self.kept:
      count = min(buffer.remain(), len(self.kept))
      if count > 0:
        buffer.write(self.kept[:count])
        self.kept = self.kept[count:]
      served = True
    elif not self.pulling and not self.ended:
      self.pulling = True
      self.program.log.append(['pull', self.number])
    if served or not self.pulling:
      self.finish(CopyResult.DROPPED if self.ended and not self.kept else CopyResult.COMPLETED)

  def give(self, item):
    """The item that was asked for is there; `None` is the end."""
    self.pulling = False
    if not self.ended:
      if item is None:
        self.ended = True
      else:
        self.kept += item
    if self.reading is not None:
      self.serve()


class HostBuffer:
  """Where the host reads to. It takes one portion."""

  def __init__(self, t, length):
    self.t = t
    self.length = length
    self.values = None

  def remain(self):
    return self.length if self.values is None else 0

  def is_zero_length(self):
    return self.length == 0

  def write(self, values):
    self.values = values


class HostSink:
  """A `stream<u8>` that the host received."""

  def __init__(self, program, number, shared):
    self.program = program
    self.number = number
    self.shared = shared
    self.held = True
    self.reads = 0
    self.host_turns = program.host_turns
    self.active = False

  def read(self, count):
    CopyResult = self.program.machine.definitions.CopyResult
    read = self.reads
    self.reads += 1
    self.active = True
    buffer = HostBuffer(self.shared.t, count)

    def on_copy(reclaim_buffer):
      reclaim_buffer()
      on_copy_done(CopyResult.COMPLETED)

    def on_copy_done(result):
      self.active = False
      if result == CopyResult.DROPPED:
        self.drop()
      self.program.log.append(['got', self.number, read, buffer.values])

    self.shared.read(None, buffer, on_copy, on_copy_done)

  def drop(self):
    if self.held:
      self.held = False
      self.shared.drop()

  def release(self):
    self.held = False
    return self.shared
