import { CstParser, EOF, VERSION, type IRecognitionException, type IToken, type TokenType } from 'chevrotain';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { ChevrotainParser, type RecoveryHooks, type Rule } from './chevrotain-parser.ts';
import { tokenize } from './lexer.ts';
import { Messages } from './recovery/messages.ts';
import * as t from './tokens.ts';

/** A recovery that writes down what chevrotain asks it, and inserts the expected token when it is told to. */
class RecordingHooks implements RecoveryHooks {
  readonly calls: string[] = [];
  readonly #parser: ChevrotainParser;
  readonly #inserts: boolean;

  constructor(parser: ChevrotainParser, inserts: boolean) {
    this.#parser = parser;
    this.#inserts = inserts;
  }

  onError(error: IRecognitionException): void {
    this.calls.push(`error: ${error.message}`);
  }

  repair(expected: TokenType): IToken | undefined {
    this.calls.push(`repair: ${expected.name}`);
    return this.#inserts ? this.#parser.emptyToken(expected) : undefined;
  }
}

/** `list ::= (id ',')* ';'` */
class ListParser extends ChevrotainParser {
  readonly recovery: RecordingHooks;
  readonly list: Rule;

  constructor(inserts: boolean) {
    super(new Messages(), false);
    this.recovery = new RecordingHooks(this, inserts);
    this.list = this.RULE('list', () => {
      this.MANY(() => {
        this.CONSUME(t.Id);
        this.CONSUME(t.Comma);
      });
      this.CONSUME(t.Semicolon);
    });
    this.performSelfAnalysis();
  }

  /** The names of the tokens that `list` takes out of a text. Changes the tokens first, if asked. */
  parse(text: string, change?: () => void): string[] {
    this.input = tokenize(text).tokens.slice();
    change?.();
    const { children } = this.list();
    const tokens = Object.values(children)
      .flat()
      .filter((child): child is IToken => 'image' in child);
    return tokens
      .toSorted((a, b) => a.startOffset - b.startOffset)
      .map(({ image, tokenType }) => image || tokenType.name);
  }
}

describe('the inside of chevrotain', () => {
  it('is of the version for which this parser was written, pinned exactly', () => {
    expect(manifest.dependencies.chevrotain).toBe('13.2.0');
    expect(VERSION).toBe('13.2.0');
  });

  it.each([
    ['SAVE_ERROR', 1],
    ['tryInRuleRecovery', 2],
    ['getFollowsForInRuleRecovery', 2],
    ['shouldInRepetitionRecoveryBeTried', 3],
  ])('has a method %s with %i parameters', (name, parameters) => {
    const method: unknown = Reflect.get(CstParser.prototype, name);
    expect(method).toBeInstanceOf(Function);
    expect(Reflect.get(Object(method), 'length')).toBe(parameters);
  });

  it.each(['currIdx', 'tokVectorLength'])('has a numeric field %s', (name) => {
    const parser = new ListParser(true);
    parser.parse('a, b,;');
    expect(Reflect.get(parser, name)).toBeTypeOf('number');
  });
});

describe('ChevrotainParser', () => {
  it('asks the recovery for a missing token, and goes on with the one it returns', () => {
    const parser = new ListParser(true);
    expect(parser.parse('a b,;')).toEqual(['a', 'Comma', 'b', ',', ';']);
    expect(parser.recovery.calls).toEqual(['error: expected `,` in a list, found name `b`', 'repair: Comma']);
    expect(parser.errors).toEqual([]);
  });

  it('leaves the rule when the recovery returns no token', () => {
    const parser = new ListParser(false);
    parser.parse('a b,;');
    expect(parser.recovery.calls[1]).toBe('repair: Comma');
  });

  it('does not skip tokens inside a loop by itself', () => {
    const parser = new ListParser(true);
    // Chevrotain's own recovery would skip `=`, to go on with the loop at `b`.
    parser.parse('a, = b,;');
    expect(parser.recovery.calls.slice(0, 2)).toEqual([
      'error: expected `;` in a list, found `=`',
      'repair: Semicolon',
    ]);
  });

  it('reads tokens that are replaced, inserted and removed ahead of it', () => {
    const parser = new ListParser(true);
    expect(
      parser.parse('a = , , ; ;', () => {
        parser.replace(2, t.Comma);
        parser.remove(3);
        parser.replace(3, t.Semicolon);
        parser.remove(4);
        parser.remove(4);
      }),
    ).toEqual(['a', '=', ',']);
    expect(parser.parse('a b,;', () => parser.insert(2, t.Comma))).toEqual(['a', 'Comma', 'b', ',', ';']);
    expect(parser.recovery.calls).toEqual([]);
  });

  it('inserts behind consumed tokens without moving the tokens that follow', () => {
    const parser = new ListParser(true);
    parser.parse('a, b,;');
    parser.input = tokenize('a, b c').tokens.slice();
    parser.skip();
    parser.skip();
    parser.insert(2, t.Comma);
    expect(parser.tokens).toHaveLength(4);
    expect([0, 1, 2, 3].map((distance) => parser.peek(distance).image)).toEqual([',', 'b', '', 'c']);
    expect(parser.peek(4).tokenType).toBe(EOF);
  });
});
