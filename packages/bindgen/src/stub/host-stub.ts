import { FileBuilder } from '../file-builder.ts';
import type { ModuleLayout } from '../module-layout.ts';
import { constantLayout, signatureLayout } from '../layout/declaration-layout.ts';
import { braced } from '../layout/layout-node.ts';
import { generic, namedType } from '../layout/type-layout.ts';
import { callLayout, entryLayout, nameValue } from '../layout/value-layout.ts';
import { code, globalType, type ImportSymbol, type Printable } from '../printable.ts';
import { importedTitle } from '../type-names.ts';
import { propertyName } from '../names.ts';
import { exportMembers } from '../world-members.ts';
import { constantName, StubMembers } from './stub-members.ts';

/** Prints the skeleton of a host: its imports, and a function that makes an instance. */
export function hostStub(layout: ModuleLayout, typesOnly: boolean): FileBuilder {
  const { world: module } = layout;
  const [importsTitle, exportsTitle = ''] = module.titles;
  const file = new FileBuilder();
  const stub = new StubMembers(layout, file, 'import', ['imports', 'start', 'instantiate']);
  const surface = layout.surface.imports;
  const members = surface.flatMap((member): Printable[] => {
    if (member.tag === 'function') return [stub.method(member, '')];
    if (member.tag === 'class')
      return member.item === undefined ? [] : [stub.classProperty(member, module, '')];
    if (member.tag !== 'object' || member.members.length === 0) return [];
    const home = layout.moduleOf(member.item.item.interface, 'import');
    const name = stub.claim(constantName(home));
    const object = stub.object(member.members, home, `${name}.`);
    const type = importedTitle(layout, home, home.titles[0]);
    file.print(code`${constantLayout([name, ': ', type], object)};\n`);
    return [[entryLayout(propertyName(member.keys[0]), nameValue(name)), ',']];
  });
  if (members.length > 0) {
    const type = importedTitle(layout, module, importsTitle);
    const constant = constantLayout(['imports: ', type], braced(members));
    file.print(code`/** What the component imports. */\nexport ${constant};\n`);
  }
  if (!typesOnly) {
    const hasExports = exportMembers(layout).length > 0;
    const exports = hasExports ? importedTitle(layout, module, exportsTitle) : 'object';
    const bytes = generic(globalType('Uint8Array'), namedType(globalType('ArrayBuffer')));
    const result = generic(globalType('Promise'), namedType(exports));
    const call = callLayout(instantiateOf(layout), ['component', ...(members.length > 0 ? ['imports'] : [])]);
    const signature = signatureLayout([{ name: 'component', type: bytes }], result);
    file.print(code`/** Makes an instance of a component of the world. */
      export function start${signature} ${braced([['return ', call, ';']])}
    `);
  }
  stub.printTodo();
  return file;
}

function instantiateOf({ world }: ModuleLayout): ImportSymbol {
  return {
    tag: 'import',
    kind: 'value',
    name: 'instantiate',
    from: world,
    aliases: ['instantiate'],
    isExported: true,
  };
}
