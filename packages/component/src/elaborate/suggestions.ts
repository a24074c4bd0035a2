import { nearest } from '@wit-ts/diagnostics';
import { type FaultTexts, faultTexts } from './fault-texts.ts';

/** Comparing names is slow, and nobody reads more suggestions than this. */
const MAX_CANDIDATES = 300;
const MAX_SUGGESTIONS = 100;

/** Returns the texts for one evaluation, which suggest the existing name closest to an unknown one. */
export function textsWithSuggestions(): FaultTexts {
  let count = 0;
  return {
    ...faultTexts,
    'no-such-export': (name, instance, exports) => {
      const text = faultTexts['no-such-export'](name, instance, exports);
      count += 1;
      if (count > MAX_SUGGESTIONS) return text;
      const some: string[] = [];
      for (const candidate of exports) if (some.push(candidate) >= MAX_CANDIDATES) break;
      const near = nearest(name, some);
      return near === undefined ? text : `${text}; it exports \`${near}\``;
    },
  };
}
