/** A run of lines that occurs more than once in the sources. */
export interface RepeatedRun {
  readonly lines: number;
  /** `file:line` of each place. */
  readonly places: readonly [string, string, ...string[]];
}

/** Fewer lines than these look alike by chance. */
const SHORTEST_RUN = 6;

interface Line {
  readonly file: string;
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * Finds runs of at least six lines that occur more than once in the sources. Blank lines, imports, and lines without a
 * word are not counted.
 *
 * @param sources the texts by the name of the file
 */
export function repeatedRuns(sources: ReadonlyMap<string, string>): readonly RepeatedRun[] {
  const files = [...sources].map(([file, text]) => wordedLines(file, text));
  const windows = new Map<string, [lines: readonly Line[], at: number][]>();
  for (const lines of files) {
    for (let at = 0; at + SHORTEST_RUN <= lines.length; at += 1) {
      const key = lines
        .slice(at, at + SHORTEST_RUN)
        .map(({ text }) => text)
        .join('\n');
      const found = windows.get(key);
      if (found === undefined) windows.set(key, [[lines, at]]);
      else found.push([lines, at]);
    }
  }
  const runs: RepeatedRun[] = [];
  const covered = new Set<Line>();
  for (const places of windows.values()) {
    const [first] = places;
    if (places.length < 2 || first === undefined || covered.has(first[0][first[1]]!)) continue;
    const length = commonLength(places);
    for (const [lines, at] of places) for (const line of lines.slice(at, at + length)) covered.add(line);
    const [one, two, ...more] = places.map(([lines, at]) => `${lines[at]!.file}:${lines[at]!.number}`);
    runs.push({ lines: length, places: [one!, two!, ...more] });
  }
  return runs.toSorted((a, b) => b.lines - a.lines);
}

/** How many lines are the same from each of the places on. */
function commonLength(places: readonly (readonly [lines: readonly Line[], at: number])[]): number {
  const [[lines, at] = [[], 0]] = places;
  let length = SHORTEST_RUN;
  const same = (offset: number): boolean =>
    at + offset < lines.length &&
    places.every(([others, start]) => others[start + offset]?.text === lines[at + offset]!.text);
  while (same(length)) length += 1;
  return length;
}

function wordedLines(file: string, text: string): readonly Line[] {
  return text
    .split('\n')
    .map((line, index) => ({ file, number: index + 1, text: line.trim() }))
    .filter((line) => /\w/u.test(line.text) && !/^(?:import|export \{|\} from)\b/u.test(line.text));
}
