import { Context } from './context.ts';
import type { TaggedLength } from './strings.ts';

/** The context of a call between components, in which a string is lifted with its encoding. */
export class FuseContext extends Context {}

/**
 * A string that another component lifted. Its encoding in that component's memory decides which calls of realloc
 * lowering makes (`CanonicalABI.md`, "Storing": `String`).
 */
export class SourceString {
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16' | 'latin1+utf16';
  readonly length: TaggedLength;

  constructor(text: string, encoding: SourceString['encoding'], length: TaggedLength) {
    this.text = text;
    this.encoding = encoding;
    this.length = length;
  }

  get simpleEncoding(): 'utf8' | 'utf16' | 'latin1' {
    if (this.encoding !== 'latin1+utf16') return this.encoding;
    return this.length.tagged ? 'utf16' : 'latin1';
  }

  get units(): number {
    return this.length.units;
  }
}

type Stored = readonly [ptr: number, length: TaggedLength];

/** `store_string_into_range`. */
export function storeSourceString(cx: Context, source: SourceString): Stored {
  const { simpleEncoding } = source;
  switch (cx.options.stringEncoding) {
    case 'utf8':
      if (simpleEncoding === 'utf8') return storeStringCopy(cx, source, 1, 1);
      return storeStringToUtf8(cx, source, simpleEncoding === 'utf16' ? 3 : 2);
    case 'utf16':
      if (simpleEncoding === 'utf8') return storeUtf8ToUtf16(cx, source);
      return storeStringCopy(cx, source, 2, 2);
    case 'latin1+utf16':
      if (source.encoding !== 'latin1+utf16') return storeStringToLatin1OrUtf16(cx, source);
      if (simpleEncoding === 'latin1') return storeStringCopy(cx, source, 1, 2);
      return storeProbablyUtf16ToLatin1OrUtf16(cx, source);
  }
}

/** `store_string_copy`. */
function storeStringCopy(
  cx: Context,
  { text, units }: SourceString,
  unitSize: 1 | 2,
  alignment: 1 | 2,
): Stored {
  const ptr = cx.allocate(alignment, unitSize * units);
  const encoded = encode(text, unitSize === 2 ? 'utf16' : cx.options.stringEncoding);
  cx.bytes.set(encoded, ptr);
  return plain(ptr, units);
}

/** `store_string_to_utf8`. `worst` is the largest number of bytes for a code unit of the source. */
function storeStringToUtf8(cx: Context, { text, units }: SourceString, worst: 2 | 3): Stored {
  let ptr = cx.allocate(1, units);
  const encoded = encode(text, 'utf8');
  const ascii = encoded.findIndex((byte) => byte >= 0x80);
  cx.bytes.set(ascii < 0 ? encoded : encoded.subarray(0, ascii), ptr);
  if (ascii < 0) return plain(ptr, units);
  const size = worst * units;
  ptr = cx.reallocate(ptr, units, 1, size);
  cx.bytes.set(encoded.subarray(ascii), ptr + ascii);
  if (size > encoded.length) ptr = cx.reallocate(ptr, size, 1, encoded.length);
  return plain(ptr, encoded.length);
}

/** `store_utf8_to_utf16`. */
function storeUtf8ToUtf16(cx: Context, { text, units }: SourceString): Stored {
  const worst = 2 * units;
  let ptr = cx.allocate(2, worst);
  const encoded = encode(text, 'utf16');
  cx.bytes.set(encoded, ptr);
  if (encoded.length < worst) ptr = cx.reallocate(ptr, worst, 2, encoded.length);
  return plain(ptr, text.length);
}

/** `store_string_to_latin1_or_utf16`. */
function storeStringToLatin1OrUtf16(cx: Context, { text, units }: SourceString): Stored {
  let ptr = cx.allocate(2, units);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x100) {
      cx.bytes[ptr + length] = code;
      length += 1;
      continue;
    }
    const worst = 2 * units;
    ptr = cx.reallocate(ptr, units, 2, worst);
    for (let j = length - 1; j >= 0; j -= 1) {
      cx.bytes[ptr + 2 * j] = cx.bytes[ptr + j]!;
      cx.bytes[ptr + 2 * j + 1] = 0;
    }
    const encoded = encode(text, 'utf16');
    cx.bytes.set(encoded.subarray(2 * length), ptr + 2 * length);
    if (worst > encoded.length) ptr = cx.reallocate(ptr, worst, 2, encoded.length);
    return [ptr, { units: text.length, tagged: true }];
  }
  if (length < units) ptr = cx.reallocate(ptr, units, 2, length);
  return plain(ptr, length);
}

/** `store_probably_utf16_to_latin1_or_utf16`. */
function storeProbablyUtf16ToLatin1OrUtf16(cx: Context, { text, units }: SourceString): Stored {
  const size = 2 * units;
  let ptr = cx.allocate(2, size);
  const encoded = encode(text, 'utf16');
  cx.bytes.set(encoded, ptr);
  if (encoded.some((byte, index) => index % 2 === 1 && byte !== 0)) {
    return [ptr, { units: encoded.length / 2, tagged: true }];
  }
  for (let i = 0; i < units; i += 1) cx.bytes[ptr + i] = cx.bytes[ptr + 2 * i]!;
  ptr = cx.reallocate(ptr, size, 1, units);
  return plain(ptr, units);
}

function plain(ptr: number, units: number): Stored {
  return [ptr, { units, tagged: false }];
}

/** The latin1 part of latin1+utf16. */
function encode(text: string, encoding: 'utf8' | 'utf16' | 'latin1+utf16'): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(text);
  const size = encoding === 'utf16' ? 2 : 1;
  const bytes = new Uint8Array(size * text.length);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    bytes[size * i] = unit;
    if (size === 2) bytes[2 * i + 1] = unit >>> 8;
  }
  return bytes;
}
