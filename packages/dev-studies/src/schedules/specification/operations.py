"""The built-ins of the topology, as calls of definitions.py."""


class Builtin:
  def __init__(self, machine, described):
    self.definitions = machine.definitions
    self.name = described['name']
    self.type = described.get('type')
    self.async_ = described.get('async', False)
    self.cancellable = described.get('cancellable', False)
    self.slot = described.get('slot')
    self.params = described['params']

  def perform(self, guest, operands):
    args = operands[:self.params]
    definitions = self.definitions
    name = self.name
    kind, _, what = name.partition('.')
    function = getattr(definitions, 'canon_' + name.replace('.', '_').replace('-', '_'))
    if kind in ('stream', 'future'):
      return self.copy(function, what, guest, args)
    match name:
      case 'task.return':
        result = [] if self.type is None else [guest.world.types.of(self.type, guest.resource)]
        return function(result, guest.lift_options, args)
      case 'context.get' | 'context.set':
        return function('i32', self.slot, *args)
      case 'waitable-set.wait' | 'waitable-set.poll':
        return function(self.cancellable, guest.memory, *args)
      case 'subtask.cancel':
        return function(self.async_, *args)
      case 'thread.new-indirect':
        return function(definitions.CoreFuncType(['i32'], []), guest.threads_table, *args)
      case 'error-context.new' | 'error-context.debug-message':
        return function(guest.copy_options[False], *args)
      case 'resource.new' | 'resource.drop' | 'resource.rep':
        return function(guest.resource, *args)
    if kind == 'thread' and name not in ('thread.index', 'thread.resume-later'):
      return function(self.cancellable, *args)
    return function(*args)

  def copy(self, function, what, guest, args):
    type_ = guest.world.types.of(self.type, None)
    match what:
      case 'read' | 'write':
        return function(type_, guest.copy_options[self.async_], *args)
      case 'cancel-read' | 'cancel-write':
        return function(type_, self.async_, *args)
    return function(type_, *args)
