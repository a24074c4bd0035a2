import type { Func, Type, TypeDefKind, WorldItem } from './types.ts';

/** The kinds of parts that have a name within a function or a type. */
export type Label = 'param' | 'field' | 'case' | 'flag';

/** A parameter, field, case or flag. Flags, cases of enums and cases without a payload have no type. */
export interface Labelled {
  readonly name: string;
  readonly type?: Type;
}

/** What a component can import and WIT cannot express; `instance` is an instance within an instance. */
export type UnexpressedSort = 'core module' | 'component' | 'value' | 'instance';

/** One step on the way from a world, or from a package, to a part of it. Plain data that JSON can carry. */
export type PathSegment =
  /** An item of a world under its key: a plain name, or `x:y/z@1.0.0`. */
  | { readonly tag: 'import' | 'export'; readonly name: string }
  /** An item of a package. */
  | { readonly tag: 'interface' | 'world'; readonly name: string }
  /** A whole package, without its version: `x:y`. */
  | { readonly tag: 'package'; readonly name: string }
  | { readonly tag: 'func'; readonly name: string }
  | { readonly tag: 'method' | 'static'; readonly resource: string; readonly name: string }
  | { readonly tag: 'constructor'; readonly resource: string }
  /** A type of an interface that is missing, or that is of another kind on the other side. */
  | { readonly tag: 'type'; readonly name: string }
  /** A named type that both sides define with the same kind. */
  | { readonly tag: 'definition'; readonly kind: DefinitionKind; readonly name: string }
  | { readonly tag: Label; readonly name: string }
  | { readonly tag: 'tuple-element'; readonly index: number }
  /** The result of a function. */
  | { readonly tag: 'result' }
  | {
      readonly tag: 'option' | 'list' | 'map-key' | 'map-value' | 'ok' | 'err' | 'stream' | 'future';
    }
  | { readonly tag: 'unexpressed'; readonly sort: UnexpressedSort; readonly name: string };

export type DefinitionKind = Exclude<TypeDefKind['tag'], 'alias'>;

/** A part of a world as the model has it. */
export type PathNode =
  | WorldItem
  | { readonly tag: 'type'; readonly type: Type }
  | { readonly tag: 'label'; readonly label: Labelled };

/** A segment with the parts of both sides to which it leads. */
export interface PathStep {
  readonly segment: PathSegment;
  /** The part of the world; absent if the world does not have it. */
  readonly expected?: PathNode;
  /** The part of the component; absent if the component does not have it. */
  readonly found?: PathNode;
}

/** Returns the segment for a function of an interface. */
export function functionSegment({ kind, name }: Func): PathSegment {
  switch (kind.tag) {
    case 'freestanding':
      return { tag: 'func', name };
    case 'constructor':
      return { tag: 'constructor', resource: name };
    case 'method':
    case 'static':
      return { tag: kind.tag, resource: kind.resource.name ?? '', name };
  }
}

/** Returns a segment as text: `func f`, `constructor file`, `method file.read`, `record r`, `tuple 1`, `map key`. */
export function segmentText(segment: PathSegment): string {
  switch (segment.tag) {
    case 'method':
    case 'static':
    case 'constructor':
      return `${segment.tag} ${segmentName(segment)}`;
    case 'definition':
      return `${segment.kind} ${segment.name}`;
    case 'tuple-element':
      return `tuple ${segment.index}`;
    case 'map-key':
      return 'map key';
    case 'map-value':
      return 'map value';
    case 'unexpressed':
      return `${segment.sort} ${segment.name}`;
    default:
      return 'name' in segment ? `${segment.tag} ${segment.name}` : segment.tag;
  }
}

/**
 * Returns the name of a segment without the word before it: `f`, `file.read`, `r`. For a segment without a name it is
 * the text.
 */
export function segmentName(segment: PathSegment): string {
  switch (segment.tag) {
    case 'method':
    case 'static':
      return `${segment.resource}.${segment.name}`;
    case 'constructor':
      return segment.resource;
    case 'tuple-element':
      return String(segment.index);
    default:
      return 'name' in segment ? segment.name : segmentText(segment);
  }
}

/** Returns the segments of a path as texts, from the outside in: `['export x:y/z', 'func f', 'param p']`. */
export function pathTexts(path: readonly PathStep[]): string[] {
  return path.map(({ segment }) => segmentText(segment));
}
