import type { Unit } from './unit.ts';

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
  const misaligned = unit.address === 'i32' ? '(p & (align - 1)) !== 0' : 'p % align !== 0';
  return [
    `function ${name}(${params}) {`,
    '  inst.mayLeave = false;',
    `  const p = ${call};`,
    '  inst.mayLeave = true;',
    '  if (m.u8.length === 0) m.refresh();',
    `  if (${misaligned} || p + size > m.u8.length) ${unit.use('badRealloc')}(p, align);`,
    '  return p;',
    '}',
  ].join('\n');
}

/** `store_string_into_range` for a host's string: gives the address, and the length in `m.count`. */
export function lowerStringFunction(unit: Unit): string {
  return unit.sharedFunction('lowerString', () => {
    const alloc = allocFunction(unit);
    const length = unit.use('stringLength');
    const [open, close] = [`function lowerString(s) {\n  const n = ${length}(s);`, '}'];
    switch (unit.options.stringEncoding) {
      case 'utf8':
        return [
          open,
          `  const p = ${alloc}(1, n);`,
          `  if (!${unit.use('writeAscii')}(m.u8, s, p, n)) return ${unit.use('growUtf8')}(m, s, p, ${reallocFunction(unit)});`,
          '  m.count = n;',
          '  return p;',
          close,
        ].join('\n');
      case 'utf16':
        return [
          open,
          `  const p = ${alloc}(2, 2 * n);`,
          `  ${unit.use('writeUtf16')}(m.u16, s, p);`,
          '  m.count = n;',
          '  return p;',
          close,
        ].join('\n');
      case 'latin1+utf16':
        return [
          open,
          `  const p = ${unit.use('writeLatin1OrUtf16')}(m, s, ${alloc}(2, n), ${reallocFunction(unit)});`,
          '  m.count = n;',
          '  return p;',
          close,
        ].join('\n');
    }
  });
}
