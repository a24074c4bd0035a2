import { array, assert, property, string, tuple, nat } from 'fast-check';
import { expect, it } from 'vitest';
import { LogSink } from './log-sink.ts';

function logged(write: (sink: LogSink) => void): readonly string[] {
  const lines: string[] = [];
  const sink = new LogSink((line) => lines.push(line));
  write(sink);
  sink.close();
  return lines;
}

it('logs each line once, however its bytes are divided', () => {
  const text = string({ unit: 'grapheme', minLength: 1 }).map((line) =>
    line.replaceAll(/\p{C}|\p{Z}/gu, '_'),
  );
  assert(
    property(array(text), array(tuple(nat(), nat())), (lines, cuts) => {
      const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
      const ends = [...new Set([...cuts.map(([cut]) => cut % (bytes.length + 1)), bytes.length])].sort(
        (a, b) => a - b,
      );
      const written = logged((sink) => {
        let start = 0;
        for (const end of ends) {
          sink.write(bytes.subarray(start, end));
          start = end;
        }
      });
      expect(written).toEqual(lines);
    }),
  );
});

it('logs the rest of a line when its instance ends, and a line without end in parts', () => {
  expect(logged((sink) => sink.write(new TextEncoder().encode('no end')))).toEqual(['no end']);
  const long = new Uint8Array(200_000).fill(97);
  const parts = logged((sink) => {
    for (let at = 0; at < long.length; at += sink.capacity())
      sink.write(long.subarray(at, at + sink.capacity()));
  });
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.join('')).toHaveLength(long.length);
});

it('lets no program control the terminal of the log', () => {
  const text = '\u001b[2J\tred\r\u009b\u2028';
  expect(logged((sink) => sink.write(new TextEncoder().encode(text)))).toEqual([
    '\uFFFD[2J\tred\uFFFD\uFFFD\uFFFD',
  ]);
});
