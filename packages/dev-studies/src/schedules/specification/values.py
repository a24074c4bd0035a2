"""The types and values of the study, between the text of the topology, definitions.py and JSON."""

import re


def parse_type(definitions, text, resource):
  """Returns the type that is written in the text format, for example `(stream u8)`."""
  tokens = re.findall(r'[()]|[^\s()]+', text)

  def parse():
    token = tokens.pop(0)
    if token != '(':
      return PRIMITIVES[token](definitions)
    kind = tokens.pop(0)
    arguments = []
    while tokens[0] != ')':
      if tokens[0] == '$r':
        tokens.pop(0)
        arguments.append(resource)
      else:
        arguments.append(parse())
    tokens.pop(0)
    match kind:
      case 'stream':
        return definitions.StreamType(arguments[0] if arguments else None)
      case 'future':
        return definitions.FutureType(arguments[0] if arguments else None)
      case 'own':
        return definitions.OwnType(arguments[0])
      case 'borrow':
        return definitions.BorrowType(arguments[0])
      case 'tuple':
        return definitions.TupleType(arguments)
    raise ValueError(text)

  return parse()


PRIMITIVES = {
  'u8': lambda definitions: definitions.U8Type(),
  'u16': lambda definitions: definitions.U16Type(),
  'u32': lambda definitions: definitions.U32Type(),
  'string': lambda definitions: definitions.StringType(),
}


def to_json(value):
  """Returns a value of definitions.py as JSON: a string as its text, a tuple as an array."""
  if isinstance(value, tuple):
    return value[0]
  if isinstance(value, dict):
    return [to_json(item) for item in value.values()]
  return value


def host_string(text):
  return (text, 'utf8', len(text.encode('utf-8')))
