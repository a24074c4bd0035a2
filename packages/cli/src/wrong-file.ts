/** A file that is neither a WebAssembly binary nor WIT. */
interface WrongFile {
  /** Completes the sentence "it is …". */
  readonly what: string;
  readonly help: string;
}

export const COMPONENT_HELP = 'a component is a binary that starts with `00 61 73 6d`';

/** The beginning of the file decides, so longer ones need not be read to their end. */
export const EXAMINED_BYTES = 512;

/**
 * Recognises what people have instead of a component: a page of a web server, a pointer of Git LFS, the text form, or
 * another binary. Returns `undefined` for what may be WIT. No WIT begins like one of them.
 */
export function wrongFile(bytes: Uint8Array): WrongFile | undefined {
  for (const [magic, what] of BINARIES) {
    if (magic.every((byte, index) => bytes[index] === byte)) return { what, help: COMPONENT_HELP };
  }
  const start = new TextDecoder()
    .decode(bytes.subarray(0, EXAMINED_BYTES))
    .replace(/^\ufeff/u, '')
    .trimStart();
  return TEXTS.find(({ pattern }) => pattern.test(start));
}

const BINARIES: readonly (readonly [magic: readonly number[], what: string])[] = [
  [[0x7f, 0x45, 0x4c, 0x46], 'a native program (ELF)'],
  [[0x1f, 0x8b], 'a gzip archive: unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive: unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed by zstd: unpack it first'],
  [[0x89, 0x50, 0x4e, 0x47], 'an image (PNG)'],
];

const TEXTS: readonly (WrongFile & { readonly pattern: RegExp })[] = [
  {
    pattern: /^version https:\/\/git-lfs\.github\.com\//u,
    what: 'a Git LFS pointer, not the file itself',
    help: 'run `git lfs pull` to get the file',
  },
  {
    pattern: /^<(?:!doctype|html|head|body|\?xml|!--)/iu,
    what: 'an HTML or XML page, perhaps the answer of a web server',
    help: 'download the file again, and look at the address that it comes from',
  },
  {
    // A comment may come before the first parenthesis. WIT has neither kind of comment.
    pattern: /^(?:;;|\(;|\(\s*(?:component|module)\b)/u,
    what: 'WebAssembly text (WAT), not a binary',
    help: 'convert it to a binary, for example with `wasm-tools parse file.wat -o file.wasm`',
  },
  {
    pattern: /^[{[]/u,
    what: 'JSON, or something like it',
    help: COMPONENT_HELP,
  },
];

/** Describes the beginning of bytes that are not WebAssembly. Completes the sentence "… is not a component: ". */
export function startText(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  const text = new TextDecoder().decode(bytes.subarray(0, 40));
  if (/^[\x20-\x7e\s]+$/u.test(text))
    return `it is text, which starts with \`${text.trim().split('\n', 1)[0]}\``;
  const first = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `it starts with \`${first}\``;
}
