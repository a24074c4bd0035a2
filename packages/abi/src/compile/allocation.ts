import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import type { Unit } from './unit.ts';

/** Up to how many characters a string is written in a loop. */
const SHORT = 24;

/** `LiftLowerContext.allocate` of `CanonicalABI.md`, its result checked: the name of the function. */
export function allocFunction(unit: Unit): string {
  return unit.sharedFunction('alloc', () => {
    unit.usesMemory = true;
    unit.usesRealloc = true;
    const call =
      unit.address === 'i32'
        ? 'realloc(0, 0, align, size) >>> 0'
        : 'Number(BigInt.asUintN(64, realloc(0n, 0n, BigInt(align), BigInt(size))))';
    return reallocating(unit, 'alloc', 'align, size', call);
  });
}

/** `LiftLowerContext.reallocate`. */
function reallocFunction(unit: Unit): string {
  return unit.sharedFunction('grow', () => {
    unit.usesMemory = true;
    unit.usesRealloc = true;
    const call =
      unit.address === 'i32'
        ? 'realloc(old, oldSize, align, size) >>> 0'
        : 'Number(BigInt.asUintN(64, realloc(BigInt(old), BigInt(oldSize), BigInt(align), BigInt(size))))';
    return reallocating(unit, 'grow', 'old, oldSize, align, size', call);
  });
}

function reallocating(unit: Unit, name: string, params: string, call: string): string {
  return [
    `function ${name}(${params}) {`,
    '  inst.mayLeave = false;',
    `  const p = ${call};`,
    '  inst.mayLeave = true;',
    '  if (m.u8.length === 0) m.refresh();',
    `  if ((p & (align - 1)) !== 0 || p + size > m.u8.length) ${unit.use('badRealloc')}(p, align);`,
    '  return p;',
    '}',
  ].join('\n');
}

/** `store_string_into_range` for a host's string: gives the address, and the length in `m.count`. */
export function lowerStringFunction(unit: Unit): string {
  return unit.sharedFunction('lowerString', () => {
    const alloc = allocFunction(unit);
    const start = [
      'function lowerString(s) {',
      `  if (typeof s !== "string" || s.length > ${MAX_BYTE_LENGTH}) ${unit.use('bad')}();`,
      '  const n = s.length;',
    ];
    return [...start, ...lowerStringBody(unit, alloc), '}'].join('\n');
  });
}

function lowerStringBody(unit: Unit, alloc: string): string[] {
  switch (unit.options.stringEncoding) {
    case 'utf8': {
      const grow = `${unit.use('growUtf8')}(m, s, p, ${reallocFunction(unit)}`;
      return [
        `  const p = ${alloc}(1, n);`,
        // A loop over few characters beats a call of the platform's encoder (measured on V8 14).
        `  if (n > ${SHORT}) {`,
        `    const read = ${unit.use('writeUtf8')}(m, s, p);`,
        `    return read === n ? p : ${grow}, read, m.count);`,
        '  }',
        '  const u8 = m.u8;',
        '  for (let i = 0; i < n; i++) {',
        '    const c = s.charCodeAt(i);',
        `    if (c > 127) return ${grow}, i, i);`,
        '    u8[p + i] = c;',
        '  }',
        '  m.count = n;',
        '  return p;',
      ];
    }
    case 'utf16':
      return [
        `  const p = ${alloc}(2, 2 * n);`,
        `  ${unit.use('writeUtf16')}(m.u16, s, p);`,
        '  m.count = n;',
        '  return p;',
      ];
    case 'latin1+utf16':
      return [
        `  const p = ${unit.use('writeLatin1OrUtf16')}(m, s, ${alloc}(2, n), ${reallocFunction(unit)});`,
        '  m.count = n;',
        '  return p;',
      ];
  }
}
