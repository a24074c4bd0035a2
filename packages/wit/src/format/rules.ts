import type { ParsedCst } from '@wit-ts/grammar';
import { TokenPrinter } from './token-printer.ts';
import { group, hardline, line, softline, type Doc } from './doc.ts';
import { bodyDoc, commaLines, danglingDoc, fitted, lines, listDoc, type ListStyle } from './list.ts';
import {
  childrenInOrder,
  firstToken,
  isToken,
  lastToken,
  type SourceElement,
  type SourceNode,
} from './source-tree.ts';
import { TriviaMap, type SourceToken } from './trivia.ts';

type Rule = (node: SourceNode, tokens: TokenPrinter) => Doc;

/** Returns the document of a WIT file. */
export function fileDoc(text: string, { cst, tokens: all, comments }: ParsedCst): Doc {
  const trivia = new TriviaMap(text, all, comments);
  const tokens = new TokenPrinter(text, trivia);
  const items = childrenInOrder(cst);
  const { leading } = trivia.end;
  if (items.length === 0 && leading.length === 0) return '';
  const body = bodyDoc(items, topLevel, (node) => nodeDoc(node, tokens), tokens);
  if (leading.length === 0) return [body, hardline];
  const gap = items.length === 0 ? '' : [hardline, leading[0]!.blankBefore ? hardline : ''];
  return [body, gap, danglingDoc(leading), hardline];
}

function nodeDoc(node: SourceNode, tokens: TokenPrinter): Doc {
  const rule = rules.get(node.name) ?? sequence;
  return rule(node, tokens);
}

/** Items with braces and the package's name are separated by blank lines. */
const topLevel: ListStyle = {
  ...lines,
  needsBlank: (before, after) => standsApart(before) || standsApart(after),
};

function standsApart(item: SourceNode): boolean {
  return lastToken(item).image === '}' || item.children['packageItem'] !== undefined;
}

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['topLevelItem', member],
  ['interfaceMember', member],
  ['worldMember', member],
  ['resourceMember', member],
  ['packageItem', braced(topLevel)],
  ['interfaceBody', braced(lines)],
  ['worldItem', braced(lines)],
  ['resourceItem', braced(lines)],
  ['recordItem', braced(commaLines)],
  ['flagsItem', braced(commaLines)],
  ['variantItem', braced(commaLines)],
  ['enumItem', braced(commaLines)],
  ['useItem', grouped(bracketed('{', '}', fitted(softline, line, true)))],
  ['includeItem', grouped(bracketed('{', '}', fitted(line, line, true)))],
  // A function breaks at its parameters before it breaks at its result, so the parameters are a separate group.
  ['funcType', grouped(sequence)],
  ['constructorItem', grouped(sequence)],
  ['params', bracketed('(', ')', fitted(softline, line, true))],
  ['tupleType', grouped(bracketed('<', '>', fitted(softline, line, true)))],
  ['mapType', grouped(bracketed('<', '>', fitted(softline, line, false)))],
  ['resultType', resultType],
  ['packageName', tight],
  ['path', tight],
]);

/** Prints attributes, each on a line, and then the item that they belong to. */
function member(node: SourceNode, tokens: TokenPrinter): Doc {
  return bodyDoc(
    childrenInOrder(node),
    { ...lines, keepsBlanks: false },
    (child) => nodeDoc(child, tokens),
    tokens,
  );
}

function braced(style: ListStyle): Rule {
  return bracketed('{', '}', style);
}

function grouped(rule: Rule): Rule {
  return (node, tokens) => {
    const last = lastToken(node);
    return tokens.defer(last)
      ? [group(rule(node, tokens)), tokens.trailing(last)]
      : group(rule(node, tokens));
  };
}

/** Prints a sequence of tokens and nodes in which two brackets enclose a list. */
function bracketed(open: string, close: string, style: ListStyle): Rule {
  return (node, tokens) => {
    const elements = childrenInOrder(node);
    const from = elements.findIndex((element) => isToken(element) && element.image === open);
    const to = elements.findLastIndex((element) => isToken(element) && element.image === close);
    if (from < 0) return sequence(node, tokens);
    const list = listDoc(
      {
        open: elements[from] as SourceToken,
        elements: elements.slice(from + 1, to),
        close: elements[to] as SourceToken,
      },
      style,
      (child) => nodeDoc(child, tokens),
      tokens,
    );
    const head = sequenceDoc(elements.slice(0, from), tokens);
    const tail = sequenceDoc(elements.slice(to + 1), tokens);
    return [head, from === 0 ? '' : separator(elements[from - 1]!, elements[from]!), list, tail];
  };
}

/** Prints a result: with one type it never breaks by itself, like all types with one part. */
function resultType(node: SourceNode, tokens: TokenPrinter): Doc {
  const isPair = node.children['Comma'] !== undefined && node.children['Underscore'] === undefined;
  return isPair ? resultOfTwo(node, tokens) : sequence(node, tokens);
}

const resultOfTwo = grouped(bracketed('<', '>', fitted(softline, line, false)));

function sequence(node: SourceNode, tokens: TokenPrinter): Doc {
  return sequenceDoc(childrenInOrder(node), tokens);
}

function tight(node: SourceNode, tokens: TokenPrinter): Doc {
  return childrenInOrder(node).map((element) => elementDoc(element, tokens));
}

function sequenceDoc(elements: readonly SourceElement[], tokens: TokenPrinter): Doc {
  return elements.map((element, i) => [
    i === 0 ? '' : separator(elements[i - 1]!, element),
    elementDoc(element, tokens),
  ]);
}

function elementDoc(element: SourceElement, tokens: TokenPrinter): Doc {
  return isToken(element) ? tokens.token(element) : nodeDoc(element, tokens);
}

const noSpaceBefore: ReadonlySet<string> = new Set([':', ',', ';', ')', '>', '.', '(', '<']);
const noSpaceAfter: ReadonlySet<string> = new Set(['(', '<', '.', '@']);

function separator(before: SourceElement, after: SourceElement): Doc {
  return noSpaceAfter.has(lastToken(before).image) || noSpaceBefore.has(firstToken(after).image) ? '' : ' ';
}
