import { describe, expect, it } from 'vitest';
import { readScript } from './read-script.ts';

describe('readScript', () => {
  it('takes the text of a component unchanged', () => {
    const source = ';; first\n(component $A\n  (core module) ;; inside\n)';
    expect(readScript(source)).toEqual([
      {
        line: 2,
        name: 'component $A',
        action: {
          tag: 'component',
          component: { tag: 'component', id: '$A', form: 'text', text: source.slice(9) },
        },
      },
    ]);
  });

  it('replaces `definition` by spaces, so that positions stay right', () => {
    const [directive] = readScript('(component definition $A (core module))');
    expect(directive?.action).toMatchObject({
      tag: 'definition',
      component: { id: '$A', text: '(component            $A (core module))' },
    });
  });

  it('joins the strings of a binary', () => {
    const [directive] = readScript(String.raw`(component binary "\00asm" "\0d\00\01\00")`);
    expect(directive?.action).toMatchObject({
      component: { form: 'binary', bytes: Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0) },
    });
  });

  it('unescapes the text of a quoted component and wraps it', () => {
    const [directive] = readScript(
      String.raw`(assert_malformed (component quote "(import \"a\"" "(func))") "unexpected")`,
    );
    expect(directive?.action).toEqual({
      tag: 'assert-malformed',
      component: { tag: 'component', form: 'text', text: '(component (import "a" (func)))' },
      message: 'unexpected',
    });
  });

  it.each([
    ['(component instance $i $A)', { tag: 'instance', id: '$i', definition: '$A' }],
    ['(component instance $A)', { tag: 'instance', definition: '$A' }],
    ['(component instance)', { tag: 'instance' }],
    ['(invoke "f")', { tag: 'invoke', invoke: { tag: 'invoke', name: 'f', args: [] } }],
    [
      '(assert_return (invoke $i "f" (bool.const true)) (u8.const 1))',
      {
        tag: 'assert-return',
        invoke: { tag: 'invoke', instance: '$i', name: 'f', args: [{ tag: 'bool', value: true }] },
        expected: { tag: 'number', value: 1 },
      },
    ],
    [
      '(assert_trap (invoke "f") "unreachable")',
      { tag: 'assert-trap', what: { tag: 'invoke', name: 'f', args: [] }, message: 'unreachable' },
    ],
    [
      '(assert_trap (component) "unreachable")',
      {
        tag: 'assert-trap',
        what: { tag: 'component', form: 'text', text: '(component)' },
        message: 'unreachable',
      },
    ],
    [
      '(assert_unlinkable (component) "missing")',
      {
        tag: 'assert-unlinkable',
        component: { tag: 'component', form: 'text', text: '(component)' },
        message: 'missing',
      },
    ],
  ])('reads %s', (source, action) => {
    expect(readScript(source).map((directive) => directive.action)).toEqual([action]);
  });

  it.each([
    ['(module)', '`module` is not a directive of component scripts (line 1)'],
    ['(assert_return\n (get "f"))', 'expected `invoke`, got `get` (line 2)'],
    ['(invoke "f" (i128.const 1))', '`i128.const` is not a kind of value (line 1)'],
    ['(invoke "f" (u8.const x))', '`x` is not an integer (line 1)'],
    ['(assert_return)', 'expected an expression in parentheses (line 1)'],
    ['atom', 'expected an expression in parentheses (line 1)'],
  ])('reads %j as a directive that cannot be run', (source, reason) => {
    expect(readScript(source)).toMatchObject([{ line: 1, action: { tag: 'unsupported', reason } }]);
  });

  it('names directives by their first words', () => {
    const names = readScript(
      '(assert_trap (invoke $i "f" (u8.const 1)) "x") (assert_invalid (component $a (func)) "x")',
    );
    expect(names.map((directive) => directive.name)).toEqual([
      'assert_trap (invoke $i "f")',
      'assert_invalid (component $a)',
    ]);
  });
});
