import { segmentText, type PathSegment } from '@wit-ts/model';

/** `interface types › record r › field q`: a path as one text, which also identifies it. */
export function changePathText(path: readonly PathSegment[]): string {
  return path.map(segmentText).join(' › ');
}

/** An import or export without its version, so that two versions of a package have one name for it. */
export function unversioned(segment: PathSegment): PathSegment {
  return segment.tag === 'import' || segment.tag === 'export'
    ? { ...segment, name: segment.name.split('@', 1)[0]! }
    : segment;
}
