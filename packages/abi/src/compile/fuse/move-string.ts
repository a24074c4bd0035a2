import type { HelperName, FactorySource } from '../factory-source.ts';
import type { Code } from '../source-text.ts';
import type { EmittedParty } from './emitted-party.ts';
import type { ValueSource, ValueTarget } from './party-stored-value.ts';

type Encoding = EmittedParty['options']['stringEncoding'];

/** The helpers of `store_string_into_range`, by the encodings of source and target if those differ. */
const helpers: Record<string, Partial<Record<Encoding, HelperName>>> = {
  utf8: { utf16: 'utf8ToUtf16', 'latin1+utf16': 'utf8ToLatin1OrUtf16' },
  utf16: { utf8: 'utf16ToUtf8', 'latin1+utf16': 'utf16ToLatin1OrUtf16' },
  latin1: { utf8: 'latin1ToUtf8', utf16: 'latin1ToUtf16', 'latin1+utf16': 'copyLatin1' },
  'utf16 tagged': {
    utf8: 'utf16ToUtf8',
    utf16: 'copyUtf16',
    'latin1+utf16': 'probablyUtf16ToLatin1OrUtf16',
  },
};

/** Writes the checks of `load_string_from_range`. */
export function checkMovedString(factory: FactorySource, code: Code, source: ValueSource): void {
  const { party } = source;
  switch (party.options.stringEncoding) {
    case 'utf8':
    case 'utf16': {
      const { ptr, length } = source.pointers();
      const helper = factory.use(party.options.stringEncoding === 'utf8' ? 'checkUtf8' : 'checkUtf16');
      code.line(`${helper}(${party.views}, ${ptr}, ${length});`);
      return;
    }
    case 'latin1+utf16': {
      const { ptr, count, tagged } = taggedLength(factory, code, source);
      code.line(`${factory.use('checkLatin1OrUtf16')}(${party.views}, ${ptr}, ${count}, ${tagged});`);
    }
  }
}

/** Writes the code that moves a string which is already checked. */
export function moveString(
  factory: FactorySource,
  code: Code,
  source: ValueSource,
  target: ValueTarget,
): void {
  const from = source.party.options.stringEncoding;
  const to = target.party.options.stringEncoding;
  if (from === to && from !== 'latin1+utf16') copyString(factory, code, source, target);
  else transcodeString(factory, code, source, target);
}

/** `store_string_copy` without a change of encoding: the length stays the same. */
function copyString(factory: FactorySource, code: Code, source: ValueSource, target: ValueTarget): void {
  const { ptr, length } = source.pointers();
  const size = source.party.options.stringEncoding === 'utf8' ? 1 : 2;
  const [count, at] = [factory.name('n'), factory.name('p')];
  code.line(`const ${count} = ${length};`);
  const bytes = size === 1 ? count : `${count} * ${size}`;
  code.line(`const ${at} = ${target.party.allocate()}(${size}, ${bytes});`);
  const args = [source.party.views, ptr, target.party.views, at, bytes];
  code.line(`${factory.use('copyBytes')}(${args.join(', ')});`);
  target.putPointers(code, at, count);
}

function transcodeString(factory: FactorySource, code: Code, source: ValueSource, target: ValueTarget): void {
  const from = source.party.options.stringEncoding;
  const to = target.party.options.stringEncoding;
  const [at, count] = [factory.name('p'), factory.name('n')];
  const call = (what: string, ptr: string, length: string): string => {
    const args = [source.party.views, ptr, length, target.party.views, target.party.reallocate()];
    return `${factory.use(helpers[what]![to]!)}(${args.join(', ')})`;
  };
  if (from === 'latin1+utf16') {
    const { ptr, count: units, tagged } = taggedLength(factory, code, source);
    const [wide, narrow] = [call('utf16 tagged', ptr, units), call('latin1', ptr, units)];
    code.line(`const ${at} = ${tagged} ? ${wide} : ${narrow};`);
  } else {
    const { ptr, length } = source.pointers();
    code.line(`const ${at} = ${call(from, ptr, length)};`);
  }
  code.line(`const ${count} = ${target.party.views}.count;`);
  if (to !== 'latin1+utf16') {
    target.putPointers(code, at, count);
    return;
  }
  const tag = factory.name('t');
  const [bit, none] = target.party.address === 'i32' ? ['0x80000000', '0'] : ['1n << 63n', '0n'];
  code.line(`const ${tag} = ${target.party.views}.wide ? ${bit} : ${none};`);
  target.putPointers(code, at, count, tag);
}

/** Splits `tagged_code_units` into its parts. */
function taggedLength(
  factory: FactorySource,
  code: Code,
  source: ValueSource,
): { readonly ptr: string; readonly count: string; readonly tagged: string } {
  const { ptr, raw } = source.pointers();
  const name = factory.name('n');
  code.line(`const ${name} = ${raw};`);
  return source.party.address === 'i32'
    ? { ptr, count: `${name} & 0x7fffffff`, tagged: `(${name} & 0x80000000) !== 0` }
    : {
        ptr,
        count: `Number(BigInt.asUintN(63, ${name}))`,
        tagged: `BigInt.asUintN(64, ${name}) >> 63n !== 0n`,
      };
}
