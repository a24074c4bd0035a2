/**
 * Returns a WIT package with at least the given number of lines, similar to large real ones: documented interfaces with
 * records, variants, resources and functions that use each other's types, and a world that imports all of them.
 */
export function generatedPackage(lines: number): string {
  const out = ['package study:large@1.0.0;'];
  let count = 0;
  while (out.length < lines) {
    out.push('', ...interfaceLines(count));
    count += 1;
  }
  const imports = Array.from({ length: count }, (_, i) => `  import part-${i};`);
  return [...out, '', 'world all {', ...imports, '}', ''].join('\n');
}

function interfaceLines(index: number): string[] {
  const lines = [`/// The part number ${index}.`, `interface part-${index} {`];
  if (index > 0) lines.push(`  use part-${index - 1}.{record-0 as earlier};`, '');
  for (let i = 0; i < 5; i += 1) {
    const inner = i > 0 ? `record-${i - 1}` : index > 0 ? 'earlier' : 'u8';
    lines.push(
      `  /// What number ${i} is about, in a sentence of the usual length.`,
      `  record record-${i} {`,
      '    id: u32,',
      '    /// For people.',
      '    name: string,',
      `    parts: list<tuple<u8, option<${inner}>>>,`,
      '  }',
      '',
    );
  }
  lines.push(
    '  variant problem {',
    '    not-found,',
    '    invalid(string),',
    '    other(tuple<u32, string>),',
    '  }',
    '',
    '  resource thing {',
    '    constructor(size: u32);',
    '    /// Reads some of it.',
    '    read: func(names: list<string>) -> result<record-1, problem>;',
    '    make: static func() -> thing;',
    '  }',
  );
  for (let i = 0; i < 8; i += 1) {
    lines.push(
      '',
      `  /// Calls number ${i}.`,
      `  call-${i}: func(about: record-1, data: option<list<u8>>, on: borrow<thing>) -> result<list<record-2>, problem>;`,
    );
  }
  return [...lines, '}'];
}
