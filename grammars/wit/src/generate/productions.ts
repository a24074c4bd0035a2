import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Rule,
  Terminal,
  type IProduction,
  type TokenType,
} from 'chevrotain';

/** A production, independent of chevrotain. */
export type Expr =
  | { readonly tag: 'token'; readonly token: TokenType }
  | { readonly tag: 'rule'; readonly name: string }
  | { readonly tag: 'sequence'; readonly items: readonly Expr[] }
  | { readonly tag: 'choice'; readonly items: readonly Expr[] }
  | { readonly tag: 'optional'; readonly item: Expr }
  | { readonly tag: 'repeat'; readonly item: Expr; readonly min: 0 | 1 };

export interface Production {
  readonly name: string;
  readonly expr: Expr;
}

/** Returns the productions of the rules of a parser (`getGAstProductions`), in their order. */
export function productionsOf(rules: Readonly<Record<string, Rule>>): readonly Production[] {
  return Object.entries(rules).map(([name, rule]) => ({ name, expr: sequence(rule.definition) }));
}

function expr(production: IProduction): Expr {
  if (production instanceof Terminal) return { tag: 'token', token: production.terminalType };
  if (production instanceof NonTerminal) return { tag: 'rule', name: production.nonTerminalName };
  if (production instanceof Alternation) return { tag: 'choice', items: production.definition.map(expr) };
  if (production instanceof Alternative) return sequence(production.definition);
  if (production instanceof Option) return { tag: 'optional', item: sequence(production.definition) };
  if (production instanceof Repetition) return repeat(production.definition, 0);
  if (production instanceof RepetitionMandatory) return repeat(production.definition, 1);
  if (production instanceof RepetitionMandatoryWithSeparator) return separated(production);
  if (production instanceof RepetitionWithSeparator) return { tag: 'optional', item: separated(production) };
  throw new TypeError(`unknown kind of chevrotain production: ${production.constructor.name}`);
}

function sequence(definition: readonly IProduction[]): Expr {
  const items = definition.map(expr);
  return items.length === 1 ? items[0]! : { tag: 'sequence', items };
}

function repeat(definition: readonly IProduction[], min: 0 | 1): Expr {
  return { tag: 'repeat', item: sequence(definition), min };
}

function separated({
  definition,
  separator,
}: RepetitionMandatoryWithSeparator | RepetitionWithSeparator): Expr {
  const item = sequence(definition);
  const further: Expr = { tag: 'sequence', items: [{ tag: 'token', token: separator }, item] };
  return { tag: 'sequence', items: [item, { tag: 'repeat', item: further, min: 0 }] };
}

/** Returns a name in the style of the specification's productions: `topLevelItem` → `top-level-item`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/gu, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`);
}

/** Returns the text of a token in a production: `'word'` if it has one spelling, and otherwise its name. */
export function tokenText({ name, PATTERN }: TokenType): string {
  return typeof PATTERN === 'string' ? `'${PATTERN}'` : kebab(name);
}
