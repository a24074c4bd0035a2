/**
 * The report of the log analyzer, made in another way: the whole log is in memory, `JSON.parse` reads its lines, and
 * the durations are sorted. The guest must print the same.
 */

interface Entry {
  readonly line: number;
  readonly level: string;
  readonly service: string;
  readonly timestamp: string;
  readonly message: string;
  /** In microseconds. */
  readonly duration: bigint | undefined;
}

/** Returns the report of a log. */
export function referenceReport(log: Uint8Array): string {
  const { entries, malformed } = readLog(log);
  const errors = entries.filter(isError);
  const share = entries.length === 0 ? 0 : Math.floor((errors.length * 10_000) / entries.length);
  const timed = entries
    .flatMap((entry) => (entry.duration === undefined ? [] : [{ ...entry, duration: entry.duration }]))
    .sort((a, b) => (a.duration === b.duration ? a.line - b.line : a.duration > b.duration ? -1 : 1));
  const slow = timed.filter(({ duration }) => duration > 1_000_000n);
  return [
    `entries: ${entries.length}`,
    `malformed lines: ${malformed}`,
    ...totals('levels', entries, ({ level }) => level),
    ...totals('services', entries, ({ service }) => service),
    `errors: ${errors.length} (${(share / 100).toFixed(2)} %)`,
    ...errors.slice(0, 10).map((entry) => `  ${listed(entry)}`),
    `durations: ${timed.length}`,
    ...statistics(timed.map(({ duration }) => duration)),
    `slower than 1000 ms: ${slow.length}`,
    ...slow.slice(0, 10).map((entry) => `  ${milliseconds(entry.duration)}  ${listed(entry)}`),
    '',
  ].join('\n');
}

function readLog(log: Uint8Array): { readonly entries: readonly Entry[]; readonly malformed: number } {
  const entries: Entry[] = [];
  let malformed = 0;
  for (const [index, bytes] of splitLines(log).entries()) {
    if (/^[ \t\r]*$/u.test(Buffer.from(bytes).toString('latin1'))) continue;
    const entry = readEntry(bytes, index + 1);
    if (entry === undefined) malformed += 1;
    else entries.push(entry);
  }
  return { entries, malformed };
}

function splitLines(log: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = log.indexOf(10); end >= 0; end = log.indexOf(10, start)) {
    lines.push(log.subarray(start, end));
    start = end + 1;
  }
  return [...lines, log.subarray(start)];
}

function readEntry(bytes: Uint8Array, line: number): Entry | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const fields = new Map<string, unknown>(Object.entries(value));
    const [level, service] = [optionalText(fields.get('level')), optionalText(fields.get('service'))];
    if (level === undefined || service === undefined) return undefined;
    return {
      line,
      level,
      service,
      timestamp: optionalText(fields.get('timestamp')) ?? '',
      message: optionalText(fields.get('message')) ?? '',
      duration: optionalDuration(fields.get('duration_ms')),
    };
  } catch {
    return undefined;
  }
}

function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new TypeError('not a string');
  return value.toWellFormed();
}

function optionalDuration(value: unknown): bigint | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !(value >= 0 && value <= 1e12)) throw new TypeError('not a duration');
  return BigInt(Math.round(value * 1000));
}

function isError({ level }: Entry): boolean {
  return level === 'error' || level === 'fatal';
}

function totals(title: string, entries: readonly Entry[], nameOf: (entry: Entry) => string): string[] {
  const groups = [...Map.groupBy(entries, nameOf)];
  groups.sort(
    ([a, inA], [b, inB]) => inB.length - inA.length || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return [
    `${title}:`,
    ...groups.map(
      ([name, group]) => `  ${visible(name)}: ${group.length} (${group.filter(isError).length} errors)`,
    ),
  ];
}

/** The mean, and the 99th percentile by its nearest rank. The durations are sorted, the longest first. */
function statistics(durations: readonly bigint[]): string[] {
  if (durations.length === 0) return [];
  const sum = durations.reduce((total, duration) => total + duration, 0n);
  const atRank = durations.at(-Math.ceil((99 * durations.length) / 100)) ?? 0n;
  const rounded = (atRank + 999n) / 1000n;
  return [
    `  mean: ${milliseconds(sum / BigInt(durations.length))}`,
    `  99th percentile: ${rounded <= 600_000n ? `at most ${rounded} ms` : 'over 600000 ms'}`,
  ];
}

function listed({ line, timestamp, service, message }: Entry): string {
  return `line ${line}, ${visible(timestamp)}, ${visible(service)}: ${visible(message)}`;
}

function milliseconds(duration: bigint): string {
  return `${duration / 1000n}.${String(duration % 1000n).padStart(3, '0')} ms`;
}

/** Shows the first 200 characters, and escapes control characters. */
function visible(text: string): string {
  const shown = [...text].slice(0, 200).join('');
  return shown.replaceAll(/\p{Cc}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
