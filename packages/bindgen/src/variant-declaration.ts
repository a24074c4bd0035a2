import { memberKeys, NameClaims, pascalCase } from '@wit-ts/mapping';
import type { TypeDefKind } from '@wit-ts/model';
import { docComment } from './doc-comment.ts';
import { aliasLayout, constantLayout, propertyLayout, signatureLayout } from './layout/declaration-layout.ts';
import { braced } from './layout/layout-node.ts';
import { namedType, objectType, unionType, type TypeText } from './layout/type-layout.ts';
import { arrowTypedLayout, entryLayout } from './layout/value-layout.ts';
import { checkedLabel, propertyName } from './names.ts';
import { code, stringLiteral, type Printable } from './printable.ts';
import { taggedObject, typeCode, type TypeNames } from './type-text.ts';

type Cases = Extract<TypeDefKind, { readonly tag: 'variant' }>['cases'];

/** Prints the type of a variant, and beside it what makes its values, in the form that the user chose. */
export function variantDeclaration(docs: Printable, name: string, cases: Cases, names: TypeNames): Printable {
  for (const item of cases) checkedLabel(item.name);
  const { variants } = names.forms;
  if (variants === 'class') return caseClasses(docs, name, cases, names);
  const types = cases.map((item): TypeText =>
    item.type === undefined
      ? objectType(`tag: ${stringLiteral(item.name)}`)
      : taggedObject(item.name, typeCode(item.type, names)),
  );
  const type = code`${docs}export ${aliasLayout(name, unionType(...types))};
`;
  return variants === 'const' ? code`${type}${caseFunctions(name, cases, names)}` : type;
}

/** Prints an object of functions, each of which makes the values of a case. */
function caseFunctions(name: string, cases: Cases, names: TypeNames): Printable {
  const keys = memberKeys(cases, names.forms.choices);
  const members = cases.map((item, index) => {
    const { type } = item;
    const parameters = type === undefined ? [] : [{ name: 'val', type: typeCode(type, names) }];
    const signature = signatureLayout(parameters, namedType(name));
    const tag = `tag: ${stringLiteral(item.name)}`;
    const value = arrowTypedLayout(signature, type === undefined ? [tag] : [tag, 'val']);
    return code`${docComment(item)}${entryLayout(propertyName(keys[index]!), value)},`;
  });
  return code`export ${constantLayout(name, braced(members))};
`;
}

/**
 * Prints a class for each case, and the type as their union. The names of the classes contain a `_`, which no name of
 * WIT contains, so that they clash with no other type.
 */
function caseClasses(docs: Printable, name: string, cases: Cases, names: TypeNames): Printable {
  const claims = new NameClaims();
  const classNames = cases.map((item) => `${name}_${claims.claim(pascalCase(item.name))}`);
  const union = unionType(...classNames.map((each) => namedType(each)));
  const classes = cases.map((item, index): Printable => {
    const { type } = item;
    const tag = code`readonly tag = ${stringLiteral(item.name)};`;
    const members =
      type === undefined
        ? [tag]
        : [
            tag,
            code`${propertyLayout('val', typeCode(type, names))};`,
            code`constructor${signatureLayout([{ name: 'val', type: typeCode(type, names) }])} ${braced(['this.val = val;'])}`,
          ];
    return code`${docComment(item)}export class ${classNames[index]!} ${braced(members)}
`;
  });
  return code`${docs}export ${aliasLayout(name, union)};
${classes}`;
}
