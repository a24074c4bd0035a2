import type { Mismatch, MismatchCode } from '@wit-ts/model';
import { gateHelp } from './gates.ts';
import { itemHelp, memberHelp } from './help-names.ts';
import { nearName } from './near-name.ts';
import type { Serving } from './serving.ts';
import { BEYOND_WIT, nameOf } from './summary.ts';
import { typeHelp } from './type-help.ts';

/** The two sides, and the world as it is with all features on. */
export interface HelpContext {
  readonly component: Serving;
  readonly target: Serving;
  readonly gated: Serving | undefined;
}

/** What to do about a mismatch. */
export function helpFor(mismatch: Mismatch, context: HelpContext): string {
  const { code, expected = '', found = '' } = mismatch;
  switch (code) {
    case 'import-not-offered':
    case 'export-missing':
      if (BEYOND_WIT.has(found)) {
        const what = found === 'instance' ? 'an instance in an instance' : `a ${found}`;
        return `WIT has no form for ${what}: build the component without it`;
      }
      return gateHelp(mismatch, context) ?? itemHelp(mismatch);
    case 'function-missing':
    case 'type-missing':
      return gateHelp(mismatch, context) ?? memberHelp(mismatch, context);
    case 'item-kind':
      return 'what is called directly is a function, what is reached by name is an interface: declare it alike on both sides';
    case 'function-async':
      return expected.startsWith('async')
        ? 'an async function has another type: write `async func` in the component, or take `async` out of the world'
        : 'an async function has another type: write `func` in the component, or `async func` in the world';
    case 'result-missing':
      return `let the function return in the component what it does in the world: \`${expected}\``;
    case 'result-extra':
      return `the world's function returns nothing: \`${expected}\`; return nothing in the component, or add the result to the world`;
    case 'handle-kind':
      return expected.startsWith('own')
        ? 'own hands the resource over, borrow lends it for the call: write the type without `borrow` in the component'
        : 'borrow lends the resource for the call, own hands it over: write `borrow<…>` in the component';
    case 'resource-different':
      return resourceHelp(expected, found);
    case 'payload-missing':
      return `give it the payload \`${expected}\` in the component, or take it away in the world`;
    case 'payload-extra':
      return `take the payload \`${found}\` away in the component, or give it to the world`;
    case 'list-length':
      return 'the length is a part of the type: write the same on both sides';
    case 'tuple-size':
      return `tuples are equal element by element: write \`${expected}\` in the component`;
    case 'type-different':
      return typeHelp(expected, found);
    case 'type-too-deep':
      return 'give parts of the type names, or make it flatter';
    default:
      return labelHelp(mismatch, code);
  }
}

type LabelCode = Extract<MismatchCode, `${'param' | 'field' | 'case' | 'flag'}-${string}`>;

const WHOLES = { param: 'functions', field: 'records', case: 'variants and enums', flag: 'flags' } as const;
const NOUNS = { param: 'parameter', field: 'field', case: 'case', flag: 'flag' } as const;

function labelHelp({ path, expected = '', found = '', candidates }: Mismatch, code: LabelCode): string {
  const [label, problem] = code.split('-') as [keyof typeof NOUNS, string];
  const noun = NOUNS[label];
  const owner = nameOf(path.at(-2) ?? '');
  switch (problem) {
    case 'missing': {
      const near = nearName(nameOf(path.at(-1) ?? ''), candidates);
      if (near !== undefined) return `the component has \`${near}\`, which may be meant`;
      return `${WHOLES[label]} must have the same ${noun}s: add \`${expected}\` to \`${owner}\` in the component, or take it out of the world`;
    }
    case 'extra':
      return `${WHOLES[label]} must have the same ${noun}s: take \`${labelName(found)}\` out of \`${owner}\` in the component, or add \`${found}\` to the world`;
    case 'renamed':
      return `names of ${noun}s are a part of the type: call it \`${expected}\` in the component`;
    default:
      return `the order is a part of the type, because it decides how values lie in memory: write the ${noun}s as the world does`;
  }
}

function resourceHelp(expected: string, found: string): string {
  return /^(?:import|export) /u.test(expected)
    ? 'a resource that is imported and one that is exported are two, even where both have one name'
    : `use the resource \`${expected}\` in the component, or \`${found}\` in the world`;
}

function labelName(text: string): string {
  const colon = text.indexOf(':');
  return colon < 0 ? text : text.slice(0, colon);
}
