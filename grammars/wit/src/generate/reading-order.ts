import { NonTerminal, type IProduction, type Rule } from 'chevrotain';

/** Returns the rules in the order in which a reader meets them, beginning with one rule. */
export function inReadingOrder(rules: Readonly<Record<string, Rule>>, start: string): Record<string, Rule> {
  const order: Record<string, Rule> = {};
  const visit = (name: string): void => {
    const rule = rules[name];
    if (rule === undefined || Object.hasOwn(order, name)) return;
    order[name] = rule;
    for (const mention of mentionsIn(rule.definition)) visit(mention);
  };
  visit(start);
  return order;
}

function mentionsIn(productions: readonly IProduction[]): string[] {
  return productions.flatMap((production) => {
    if (production instanceof NonTerminal) return [production.nonTerminalName];
    return 'definition' in production ? mentionsIn(production.definition as readonly IProduction[]) : [];
  });
}
