import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import type { Code } from './text.ts';
import type { Unit } from './unit.ts';

/** Up to how many characters a string is written in a loop. */
const SHORT = 24;

/** `LiftLowerContext.allocate` of `CanonicalABI.md`, its result checked: the name of the function. */
export function allocFunction(unit: Unit): string {
  return unit.sharedFunction('alloc', (code) => {
    unit.usesMemory = true;
    unit.usesRealloc = true;
    const call =
      unit.address === 'i32'
        ? 'realloc(0, 0, align, size) >>> 0'
        : 'Number(BigInt.asUintN(64, realloc(0n, 0n, BigInt(align), BigInt(size))))';
    reallocating(unit, code, 'alloc', 'align, size', call);
  });
}

/** `LiftLowerContext.reallocate`. */
function reallocFunction(unit: Unit): string {
  return unit.sharedFunction('grow', (code) => {
    unit.usesMemory = true;
    unit.usesRealloc = true;
    const call =
      unit.address === 'i32'
        ? 'realloc(old, oldSize, align, size) >>> 0'
        : 'Number(BigInt.asUintN(64, realloc(BigInt(old), BigInt(oldSize), BigInt(align), BigInt(size))))';
    reallocating(unit, code, 'grow', 'old, oldSize, align, size', call);
  });
}

function reallocating(unit: Unit, code: Code, name: string, params: string, call: string): void {
  code.block(`function ${name}(${params})`, () => {
    code.line('inst.mayLeave = false;');
    code.line(`const p = ${call};`);
    code.line('inst.mayLeave = true;');
    code.line('if (m.u8.length === 0) m.refresh();');
    code.line(`if ((p & (align - 1)) !== 0 || p + size > m.u8.length) ${unit.use('badRealloc')}(p, align);`);
    code.line('return p;');
  });
}

/** `store_string_into_range` for a host's string: gives the address, and the length in `m.count`. */
export function lowerStringFunction(unit: Unit): string {
  return unit.sharedFunction('lowerString', (code) => {
    const alloc = allocFunction(unit);
    code.block('function lowerString(s)', () => {
      code.line(`if (typeof s !== "string" || s.length > ${MAX_BYTE_LENGTH}) ${unit.use('bad')}();`);
      code.line('const n = s.length;');
      lowerStringBody(unit, code, alloc);
      code.line('m.count = n;');
      code.line('return p;');
    });
  });
}

function lowerStringBody(unit: Unit, code: Code, alloc: string): void {
  switch (unit.options.stringEncoding) {
    case 'utf8': {
      const grow = `${unit.use('growUtf8')}(m, s, p, ${reallocFunction(unit)}`;
      code.line(`const p = ${alloc}(1, n);`);
      // A loop over few characters beats a call of the platform's encoder (measured on V8 14).
      code.block(`if (n > ${SHORT})`, () => {
        code.line(`const read = ${unit.use('writeUtf8')}(m, s, p);`);
        code.line(`return read === n ? p : ${grow}, read, m.count);`);
      });
      code.line('const u8 = m.u8;');
      code.block('for (let i = 0; i < n; i++)', () => {
        code.line('const c = s.charCodeAt(i);');
        code.line(`if (c > 127) return ${grow}, i, i);`);
        code.line('u8[p + i] = c;');
      });
      return;
    }
    case 'utf16':
      code.line(`const p = ${alloc}(2, 2 * n);`);
      code.line(`${unit.use('writeUtf16')}(m.u16, s, p);`);
      return;
    case 'latin1+utf16':
      code.line(
        `const p = ${unit.use('writeLatin1OrUtf16')}(m, s, ${alloc}(2, n), ${reallocFunction(unit)});`,
      );
  }
}
