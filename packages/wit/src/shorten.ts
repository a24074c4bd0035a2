import type { Diagnostic } from '@wit-ts/diagnostics';

/** Messages shorter than this cannot contain a name that is too long. */
const USUAL = 200;
const LONG_NAME = /`[^`]{100,}`/gu;
const KEPT = 60;

/** Returns a diagnostic in which no name takes more than a line. Names can be megabytes long. */
export function shorten<T extends Diagnostic>(diagnostic: T): T {
  const { message, help } = diagnostic;
  if (message.length <= USUAL && (help?.length ?? 0) <= USUAL) return diagnostic;
  const short = { ...diagnostic, message: shortText(message) };
  return help === undefined ? short : { ...short, help: shortText(help) };
}

function shortText(text: string): string {
  return text.replaceAll(LONG_NAME, (name) => `${name.slice(0, KEPT)}…\``);
}
