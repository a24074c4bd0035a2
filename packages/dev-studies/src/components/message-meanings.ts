/**
 * Pairs of the reference's messages and the findings of ours (`code: message`) that mean the same. A person has
 * compared the messages of all assertions in the scripts once; this table shows when a change of the validator gives a
 * different reason.
 */
const EQUIVALENT_MESSAGES: readonly (readonly [expected: RegExp, found: RegExp])[] = [
  // Names.
  [
    /kebab case|empty string|valid extern name|expected `\/` after|trailing characters found/u,
    /^bad-(?:name|label): /u,
  ],
  [
    /empty identifier segment|unexpected character|unexpected end of input/u,
    /^bad-name: .* is not a version/u,
  ],
  [/name cannot be empty/u, /^bad-label: .* is empty/u],
  [/failed to find `\.`/u, /^bad-name: .* a dot and a name/u],
  [/conflicts with previous|duplicate (?:import|module)|already defined/u, /^name-conflict: /u],
  [/`implements`|'implements'|must be an interface|not a valid name|only instances/u, /^bad-attribute: /u],
  [
    /expected resource name|have a name in this context|not known in this context/u,
    /^bad-annotated-name: .* no resource/u,
  ],
  [/is not a func$/u, /^bad-annotated-name: .* must be a function/u],
  [/should have|should take/u, /^bad-annotated-name: .* first parameter/u],
  [/should return/u, /^bad-annotated-name: .* must return/u],
  // Canonical options.
  [/specified more than once|conflicts with option/u, /^bad-option: .* more than once/u],
  [/is required|requires `memory`/u, /^missing-option: /u],
  [/cannot be specified for lowerings/u, /^bad-option: .* is not allowed here/u],
  [/incorrect signature|wrong signature|do not match/u, /^wrong-core-type: /u],
  [/is not valid at this time/u, /^stream-of-char: /u],
  // Indices and sorts.
  [/index out of bounds|unknown (?:module|component)/u, /^index-out-of-bounds: /u],
  [/no export named/u, /^no-such-export: /u],
  [
    /not a module|not a function type|not an instance type|type index 0 is not a/u,
    /^(?:wrong-type-sort|wrong-sort|not-a-value-type|not-a-resource): /u,
  ],
  [/not a resource type/u, /^not-a-resource: /u],
  [/not a local resource/u, /^not-a-local-resource: /u],
  [/resources can only be defined within/u, /^resource-in-type: /u],
  [/outer alias count/u, /^outer-alias-count: /u],
  [/may only refer to types or instances/u, /^wrong-alias-sort: /u],
  [/transitively refers to resources/u, /^outer-resource: /u],
  // Types.
  [/at least one/u, /^empty-type: /u],
  [/more than 32 flags/u, /^too-many-flags: /u],
  [/exceeds maximum byte size/u, /^type-too-large: /u],
  [/cannot contain a `borrow`/u, /^borrow-in-result: /u],
  [/not valid to be used as/u, /^hidden-type: /u],
  [/ascribed type of export/u, /^wrong-ascription: /u],
  [/^memory size must be at most/u, /^bad-limits: /u],
  // Arguments. For a missing result, the reference swaps the expected side and the found side.
  [/expected a result, found none/u, /^wrong-argument: .* expected no result, found one/u],
  [/expected (\w+) (?:parameters|cases|fields|types), found/u, /^wrong-argument: .* found (?:one of )?\d/u],
  [/to (?:have no type|not be present)/u, /^wrong-argument: .* to have no type/u],
  [/to have a type|type, but found none/u, /^wrong-argument: .* to have a type/u],
  [
    /expected .*, found|expected primitive|mismatch in|expected: \(func\)|type mismatch in/u,
    /^wrong-argument: .*(?:expected|found)/u,
  ],
  [/type mismatch with result type/u, /^wrong-argument: .* result: expected/u],
  [/resource types are not the same/u, /^wrong-argument: .* different resource/u],
  [/missing expected (?:export|import)/u, /^wrong-argument: .*(?:it is missing|does not declare it)/u],
  [/missing import named/u, /^wrong-argument: .* no argument is given/u],
  [/missing module instantiation|does not export an item/u, /^missing-argument: /u],
  // Bytes.
  [/integer too large/u, /^malformed: an integer/u],
  [/invalid boolean/u, /^malformed: .* must be 0 or 1/u],
  [/UTF-8/u, /^malformed: .* UTF-8/u],
  [/malformed section id/u, /^malformed: .* not the id of a component section/u],
  [/unexpected end-of-file/u, /^malformed: .*(?:only \d+ follow|bytes follow|input ends)/u],
  [/version header for a component/u, /^malformed: the input is a core module/u],
  [/version header for a module/u, /^malformed: .* preamble of a core module/u],
  [/unknown binary version/u, /^malformed: .* version/u],
  [/outer alias kind/u, /^(?:malformed: .*(?:not a (?:core )?sort|for the sort)|wrong-alias-sort: )/u],
  [
    /invalid leading byte/u,
    /^(?:malformed: .*(?:0x|instance type has no|unknown attribute|neither imported nor|must be 0 or 1)|nested-module-type: )/u,
  ],
  // Core modules, which the JavaScript engine validates.
  [/section out of order/u, /^invalid-core-module: .* unexpected section/u],
  [/^type mismatch$/u, /^invalid-core-module: /u],
];

/** Returns whether a finding means the same as the reference's message. */
export function sameMeaning(expected: string, finding: string): boolean {
  return EQUIVALENT_MESSAGES.some(([theirs, ours]) => theirs.test(expected) && ours.test(finding));
}
