import type { ChevrotainParser, Rule } from '../chevrotain-parser.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { RuleName } from './rule-names.ts';

/** The parser as the rules see it. */
export interface GrammarParser extends ChevrotainParser {
  readonly recovery: Recovery;
  /** The compiled rules, for `SUBRULE`. They exist only when the body of a rule runs. */
  readonly rules: Readonly<Record<RuleName, Rule>>;
}

/**
 * A rule of the grammar: a function that returns the rule's body. It is called once for each parser, and the body each
 * time the rule is entered, so values outside of the body are made only once.
 */
export type RuleDefinition = (p: GrammarParser) => () => void;

/** Some rules of the grammar, by name. */
export type RuleDefinitions = Partial<Record<RuleName, RuleDefinition>>;
