import type { Label, Mismatch } from '@wit-ts/model';

/** What is wrong, in a sentence without a full stop that leaves the place out. */
export function summaryOf(mismatch: Mismatch): string {
  const { code, side, path, expected = '', found = '' } = mismatch;
  const last = path.at(-1) ?? '';
  switch (code) {
    case 'import-not-offered':
      return `the component imports ${itemOf(found, last)}, which the world does not import`;
    case 'export-missing':
      return `the world exports ${itemOf(expected, last)}, which the component does not export`;
    case 'item-kind':
      return `the world has ${articled(expected)} under this name, the component ${articled(found)}`;
    case 'function-missing':
    case 'type-missing': {
      const what = code === 'type-missing' ? 'type' : nounOf(last);
      return side === 'import'
        ? `the component uses the ${what} \`${nameOf(last)}\`, which the world's interface does not have`
        : `the world's interface has the ${what} \`${nameOf(last)}\`, which the component's lacks`;
    }
    case 'function-async':
      return expected.startsWith('async')
        ? 'the function is async in the world, and not in the component'
        : 'the function is async in the component, and not in the world';
    case 'result-missing':
      return 'the function has a result in the world, and none in the component';
    case 'result-extra':
      return 'the function has a result in the component, and none in the world';
    case 'payload-missing':
      return `there is a payload \`${expected}\` in the world, and none in the component`;
    case 'payload-extra':
      return `there is a payload \`${found}\` in the component, and none in the world`;
    case 'list-length':
      return `the list has ${expected} elements in the world, and ${found} in the component`;
    case 'tuple-size':
      return `the tuple is \`${expected}\` in the world, and \`${found}\` in the component`;
    case 'type-different':
    case 'handle-kind':
      return `the type is \`${expected}\` in the world, and \`${found}\` in the component`;
    case 'resource-different':
      if (RESOURCE_OF.test(expected)) {
        return `the resource is that of the ${originOf(expected)} in the world, and that of the ${originOf(found)} in the component`;
      }
      return `the resource is \`${expected}\` in the world, and \`${found}\` in the component`;
    case 'type-too-deep':
      return 'the type nests too deeply to be compared';
    default:
      return labelSummary(code, last, expected, found);
  }
}

const RESOURCE_OF = /^(import|export) (.+)\.\{.+\}$/u;

function originOf(resource: string): string {
  return resource.replace(RESOURCE_OF, '$1 `$2`');
}

type LabelCode = Extract<Mismatch['code'], `${Label}-${string}`>;

function labelSummary(code: LabelCode, last: string, expected: string, found: string): string {
  const [label, problem] = code.split('-') as [Label, string];
  const noun = NOUNS[label];
  switch (problem) {
    case 'missing':
      return `the component lacks the ${noun} \`${expected}\``;
    case 'extra':
      return `the component has a ${noun} \`${found}\` more`;
    case 'renamed':
      return `the ${noun} is called \`${expected}\` in the world, and \`${found}\` in the component`;
    default:
      return `the ${noun}s of ${last === '' ? 'the type' : `\`${nameOf(last)}\``} stand in another order: \`${expected}\` in the world, \`${found}\` in the component`;
  }
}

const NOUNS: Readonly<Record<Label, string>> = {
  param: 'parameter',
  field: 'field',
  case: 'case',
  flag: 'flag',
};

/** What WIT has no form for. */
export const BEYOND_WIT: ReadonlySet<string> = new Set(['core module', 'component', 'value', 'instance']);

/** The name in a segment of a path: `f` of `func f`. */
export function nameOf(segment: string, noun = ''): string {
  return segment.startsWith(`${noun} `) && noun !== ''
    ? segment.slice(noun.length + 1)
    : segment.slice(segment.indexOf(' ') + 1);
}

/** The name in an interface of what a segment says: `[method]file.read` for `method file.read`. */
export function memberKey(segment: string): string {
  const word = segment.slice(0, segment.indexOf(' '));
  const name = nameOf(segment);
  return word === 'method' || word === 'static' || word === 'constructor' ? `[${word}]${name}` : name;
}

function nounOf(segment: string): string {
  const word = segment.slice(0, segment.indexOf(' '));
  return word === 'func' ? 'function' : word === 'static' ? 'static function' : word;
}

function itemOf(text: string, segment: string): string {
  const noun = BEYOND_WIT.has(text) || text === 'interface' ? text : isFunc(text) ? 'function' : 'type';
  return `the ${noun} \`${nameOf(segment, noun)}\``;
}

function articled(text: string): string {
  if (text === 'interface') return 'an interface';
  return isFunc(text) ? 'a function' : 'a type';
}

function isFunc(text: string): boolean {
  return /^(?:static )?(?:async )?func\(|^constructor\(/u.test(text);
}
