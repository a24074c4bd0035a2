import type { SourceText } from '@wit-ts/dev-support/compile-strictly';

/** A known difference between the two declarations, and how to take it away. */
interface Reason {
  readonly text: string;
  /** Returns our file without the difference. */
  readonly ours?: (content: string) => string;
  /** Returns jco's file without the difference. */
  readonly jco?: (content: string) => string;
}

/**
 * The reasons for all differences. They are taken away one after the other, and a comparison belongs to the first
 * reason after which it holds: so no difference can be explained by a reason that does not remove it.
 */
export const REASONS: readonly Reason[] = [
  {
    text: 'our hosts may give read-only arrays, and arrays of numbers for typed arrays',
    ours: (content) =>
      replaceHelper(content, 'FromHost', 'type FromHost<T> = T;')
        .replaceAll(/ \| readonly number\[\]/gu, '')
        .replaceAll(/\bReadonly(?=(?:Array|Map|Set)<)/gu, '')
        .replaceAll(/\breadonly (?![\w'"]+\??:)/gu, ''),
  },
  {
    text: 'our optional fields may be `undefined`; those of jco may only be absent, under `exactOptionalPropertyTypes`',
    ours: (content) => content.replaceAll(/^( +[\w'"-]+)\?: boolean;$/gmu, '$1?: boolean | undefined;'),
    jco: (content) => content.replaceAll(/^( +[\w'"-]+)\?: (.+),$/gmu, '$1?: $2 | undefined,'),
  },
  {
    text: 'a `result` without a payload needs no `val` in ours',
    jco: (content) =>
      content.replace(
        /^export type Result<T, E> = .*$/mu,
        "export type Result<T, E> = { tag: 'ok', val?: T } | { tag: 'err', val?: E };",
      ),
  },
  {
    text: 'our asynchronous hosts may return a value without a promise',
    ours: (content) => content.replaceAll(/\):\s[^;]*?\bPromiseLike<([^;]*)>;/gu, '): Promise<$1>;'),
  },
  {
    text: 'our asynchronous exports take an `AbortSignal`, too',
    ours: (content) => content.replaceAll(/,?\s*options\?: CallOptions,?\s*(?=\))/gu, ''),
  },
  {
    text: 'our streams give chunks and can be cancelled, and hosts may give them in other forms; those of jco are iterables',
    ours: (content) =>
      ['Stream', 'StreamSource', 'Future', 'FutureSource'].reduce(
        (text, name) => replaceHelper(text, name, `type ${name}<T, Chunk = T> = any & { t?: [T, Chunk] };`),
        content,
      ),
    jco: (content) => `${content.replaceAll(/\bPromiseLike</gu, 'Whatever<')}\ntype Whatever<T> = any & T;\n`,
  },
  {
    text: 'our exported resources can be disposed, and are not taken for resources of the host',
    ours: (content) =>
      replaceHelper(content, 'OfComponent', 'type OfComponent<Kind> = { kind?: Kind };').replaceAll(
        /\bDisposable\b/gu,
        'Partial<Disposable>',
      ),
  },
];

/** Replaces a type that is imported from the runtime by another one. */
function replaceHelper(content: string, name: string, declaration: string): string {
  const without = content.replace(new RegExp(`^(import type \\{[^}]*?)\\b${name}\\b,?\\s?`, 'mu'), '$1');
  return without === content ? content : `${without}\n${declaration}\n`;
}

/** Applies the edits of several reasons to a file. */
export function withoutReasons(
  { path, content }: SourceText,
  side: 'ours' | 'jco',
  reasons: readonly Reason[],
): SourceText {
  return { path, content: reasons.reduce((text, reason) => reason[side]?.(text) ?? text, content) };
}
