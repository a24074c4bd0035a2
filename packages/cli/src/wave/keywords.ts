/** The words of WAVE that are values or constructors. A label that is one of them is written with a `%`. */
export const waveKeywords: ReadonlySet<string> = new Set([
  'true',
  'false',
  'inf',
  'nan',
  'some',
  'none',
  'ok',
  'err',
]);
