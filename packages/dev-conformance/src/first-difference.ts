/**
 * Describes the first line in which two texts differ, for the reason of a failed case. Returns `undefined` for equal
 * texts.
 */
export function firstDifference(expected: string, actual: string): string | undefined {
  const left = expected.split('\n');
  const right = actual.split('\n');
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    if (left[at] === right[at]) continue;
    return `line ${at + 1}: expected ${showLine(left[at])}, got ${showLine(right[at])}`;
  }
  return undefined;
}

function showLine(line: string | undefined): string {
  return line === undefined ? 'the end of the text' : JSON.stringify(line);
}
