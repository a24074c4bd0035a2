import { segmentName, type Label, type PathStep, type UnexpressedSort } from '../mismatch-path.ts';
import { mismatchTexts } from '../mismatch-text.ts';
import { type Mismatch, type ResourceOrigin } from '../mismatch.ts';
import { gateHelp } from './feature-gates.ts';
import { LABEL_NOUNS } from './mismatch-summary.ts';
import { itemHelp, memberHelp } from './name-help.ts';
import { nearName, type Nearest } from './near-name.ts';
import { typeHelp } from './type-help.ts';
import type { WorldLookup } from './world-lookup.ts';

/** The two sides, and the world with all features enabled. */
export interface HelpContext {
  readonly component: WorldLookup;
  readonly target: WorldLookup;
  readonly gated: WorldLookup | undefined;
  /**
   * Finds misspelt names. It is an argument because this package does not depend on the package that has this function.
   */
  readonly nearest: Nearest;
  /** Whether the help does without a search through the worlds, because there are hundreds of mismatches. */
  readonly isBrief?: boolean;
}

/** Says what to do about a mismatch. */
export function helpFor(mismatch: Mismatch, context: HelpContext): string {
  const { expected = '', found = '' } = mismatchTexts(mismatch);
  switch (mismatch.code) {
    case 'import-not-offered':
    case 'export-missing':
      if (mismatch.missing.tag === 'unexpressed') return unexpressedHelp(mismatch.missing.sort);
      return gateHelp(mismatch, context) ?? itemHelp(mismatch, context);
    case 'function-missing':
    case 'type-missing':
      return gateHelp(mismatch, context) ?? memberHelp(mismatch, context);
    case 'item-kind':
      return 'a function is called directly and an interface contains functions: declare the same kind on both sides';
    case 'function-async':
      return mismatch.expected.async
        ? 'async functions have a different type: write `async func` in the component, or remove `async` from the world'
        : 'async functions have a different type: write `func` in the component, or `async func` in the world';
    case 'result-missing':
      return `make the component's function return what the world's does: \`${expected}\``;
    case 'result-extra':
      return `the world's function returns nothing, \`${expected}\`: return nothing in the component, or add the result to the world`;
    case 'handle-kind':
      return mismatch.expected.tag === 'own'
        ? 'own transfers the resource, borrow lends it for the call: write the type without `borrow` in the component'
        : 'borrow lends the resource for the call, own transfers it: write `borrow<…>` in the component';
    case 'resource-different':
      return resourceHelp(mismatch.expected, mismatch.found, { expected, found });
    case 'payload-missing':
      return `add the payload \`${expected}\` in the component, or remove it from the world`;
    case 'payload-extra':
      return `remove the payload \`${found}\` from the component, or add it to the world`;
    case 'list-length':
      return 'the length is a part of the type: write the same length on both sides';
    case 'tuple-size':
      return `tuples must have the same elements: write \`${expected}\` in the component`;
    case 'type-different':
      return typeHelp(mismatch.expected, mismatch.found, { expected, found });
    case 'type-too-deep':
      return 'name parts of the type, or nest it less deeply';
    default:
      return labelHelp(mismatch, { expected, found }, context);
  }
}

interface Texts {
  readonly expected: string;
  readonly found: string;
}

type LabelMismatch = Extract<Mismatch, { readonly label: Label }>;

const WHOLES = { param: 'functions', field: 'records', case: 'variants and enums', flag: 'flags' } as const;

function labelHelp(mismatch: LabelMismatch, { expected, found }: Texts, context: HelpContext): string {
  const { label, path } = mismatch;
  const noun = LABEL_NOUNS[label];
  const rule = `${WHOLES[label]} must have the same ${noun}s`;
  switch (mismatch.code) {
    case 'param-missing':
    case 'field-missing':
    case 'case-missing':
    case 'flag-missing': {
      const near = nearName(mismatch.expected.name, mismatch.candidates, context);
      if (near !== undefined) return `the component has \`${near}\`: did you mean that?`;
      return `${rule}: add \`${expected}\` to \`${ownerName(path)}\` in the component, or remove it from the world`;
    }
    case 'param-extra':
    case 'field-extra':
    case 'case-extra':
    case 'flag-extra':
      return `${rule}: remove \`${mismatch.found.name}\` from \`${ownerName(path)}\` in the component, or add \`${found}\` to the world`;
    case 'param-renamed':
    case 'field-renamed':
    case 'case-renamed':
    case 'flag-renamed':
      return `names of ${noun}s are a part of the type: call it \`${expected}\` in the component`;
    case 'param-order':
    case 'field-order':
    case 'case-order':
    case 'flag-order':
      return `the order is a part of the type, because it decides the layout in memory: use the world's order of ${noun}s`;
  }
}

/** The function or type that has a parameter, field, case or flag. */
function ownerName(path: readonly PathStep[]): string {
  const owner = path.at(-2)?.segment;
  return owner === undefined ? '' : segmentName(owner);
}

function unexpressedHelp(sort: UnexpressedSort): string {
  const what = sort === 'instance' ? 'an instance within an instance' : `a ${sort}`;
  return `WIT cannot express ${what}: build the component without it`;
}

function resourceHelp(expected: ResourceOrigin, found: ResourceOrigin, texts: Texts): string {
  return expected.name === found.name
    ? 'an imported resource and an exported one are two different resources, even when they have the same name'
    : `use the resource \`${texts.expected}\` in the component, or \`${texts.found}\` in the world`;
}
