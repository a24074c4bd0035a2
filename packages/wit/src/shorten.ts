import type { Diagnostic } from '@wit-ts/diagnostics';

/** Messages shorter than this cannot contain a name that is too long. */
const USUAL = 200;
const LONG_NAME = 100;
const KEPT = 60;

/** Returns a diagnostic in which no name takes more than a line. Names can be megabytes long. */
export function shorten<T extends Diagnostic>(diagnostic: T): T {
  const { message, help } = diagnostic;
  if (message.length <= USUAL && (help?.length ?? 0) <= USUAL) return diagnostic;
  const short = { ...diagnostic, message: shortText(message) };
  return help === undefined ? short : { ...short, help: shortText(help) };
}

function shortText(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 1 && part.length >= LONG_NAME ? `${part.slice(0, KEPT)}…` : part))
    .join('`');
}
