import { FileBuilder } from '../file-builder.ts';
import type { ModuleLayout } from '../module-layout.ts';
import { constantLayout } from '../layout/declaration-layout.ts';
import { entryLayout, nameValue, objectLayout } from '../layout/value-layout.ts';
import { code, stringLiteral, type Printable } from '../printable.ts';
import { importedTitle } from '../type-names.ts';
import { exportedItems } from '../world-members.ts';
import { constantName, StubMembers } from './stub-members.ts';

/** Prints the skeleton of a guest: everything that it has to export. */
export function guestStub(layout: ModuleLayout): FileBuilder {
  const { world: module } = layout;
  const file = new FileBuilder();
  const stub = new StubMembers(layout, file, 'export', []);
  const { functions, interfaces } = exportedItems(layout);
  const exports = importedTitle(layout, module, module.titles[1] ?? '');
  const names: { readonly key: string; readonly name: string }[] = [];
  const print = (key: string, name: string, value: Printable): void => {
    const exported = isIdentifier(key) ? key : stringLiteral(key);
    names.push({ key: exported, name });
    const isDirect = key === name;
    const constant = constantLayout([name, ': ', exports, '[', stringLiteral(key), ']'], value);
    file.print(code`${isDirect ? 'export ' : ''}${constant};\n`);
    if (!isDirect) file.print(code`export { ${name} as ${exported} };\n`);
  };
  for (const member of functions) {
    const [key] = member.keys;
    print(key, stub.claim(key), stub.arrow(member));
  }
  for (const { member, keys } of interfaces) {
    const [key = ''] = keys;
    const home = layout.moduleOfExport(member.name, member.item.item.interface);
    const name = stub.claim(isIdentifier(key) ? key : constantName(home));
    print(key, name, stub.object(member.members, home, `${name}.`));
  }
  if (names.length > 0) {
    const all = objectLayout(
      names.map(({ key, name }) => (key === name ? key : entryLayout(key, nameValue(name)))),
    );
    file.print(code`// An error here names an export that is missing.\n(${all}) satisfies ${exports};\n`);
    stub.printTodo();
  }
  return file;
}

function isIdentifier(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/u.test(key);
}
