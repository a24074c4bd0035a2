import type { IToken } from 'chevrotain';
import { ChevrotainParser, type Rule } from './chevrotain-parser.ts';
import type { WitFileCstNode } from './cst.ts';
import { Messages } from './recovery/messages.ts';
import { Recovery } from './recovery/recovery.ts';
import { definitionRules } from './rules/definitions.ts';
import type { GrammarParser, RuleDefinition } from './rules/grammar.ts';
import { itemRules } from './rules/items.ts';
import type { RuleName } from './rules/rule-names.ts';
import { typeRules } from './rules/types.ts';

const definitions: Readonly<Record<RuleName, RuleDefinition>> = {
  ...typeRules,
  ...definitionRules,
  ...itemRules,
};

/**
 * The parser of WIT: chevrotain runs the rules of `rules/`, and the recovery that the parser holds decides how to go on
 * after a mistake.
 */
export class WitParser extends ChevrotainParser implements GrammarParser {
  readonly recovery: Recovery;
  readonly rules: Readonly<Record<RuleName, Rule>>;

  /** `skipValidations` leaves out chevrotain's checks of the grammar, which take longer than a parse. */
  constructor(options: { readonly skipValidations: boolean }) {
    const messages = new Messages();
    super(messages, options.skipValidations);
    this.recovery = new Recovery(this, messages);
    this.rules = this.#compile();
    this.performSelfAnalysis();
  }

  /** Parses a text of which these are the tokens. `recovery.faults` then holds its mistakes. */
  parse(text: string, tokens: readonly IToken[]): WitFileCstNode {
    // A copy, because repairs change it.
    this.input = tokens.slice();
    this.recovery.start(text);
    const file = this.rules.witFile.call(this);
    this.input = [];
    return file as WitFileCstNode;
  }

  #compile(): Record<RuleName, Rule> {
    const compiled = Object.entries(definitions).map(([name, define]) => [
      name,
      this.RULE(name, define(this)),
    ]);
    return Object.fromEntries(compiled) as Record<RuleName, Rule>;
  }
}
