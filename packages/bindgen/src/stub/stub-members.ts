import { camelCase, NameClaims, reservedWords, signatureOf, type WorldSurfaceMember } from '@wit-ts/mapping';
import type { Direction } from '@wit-ts/model';
import { ofStyle } from '../declaration.ts';
import type { FileBuilder } from '../file-builder.ts';
import type { Module, ModuleLayout } from '../module-layout.ts';
import { propertyName } from '../names.ts';
import { classLayout } from '../layout/declaration-layout.ts';
import { braced } from '../layout/layout-node.ts';
import { namedType } from '../layout/type-layout.ts';
import {
  arrowLayout,
  callLayout,
  callWithObject,
  entryLayout,
  namesLayout,
  nameValue,
  objectLayout,
} from '../layout/value-layout.ts';
import { code, globalType, stringLiteral, type Printable } from '../printable.ts';
import { constructorSignature, signature } from '../signature.ts';
import type { MemberFunction, ResourceClass } from '../surface.ts';
import { importedNames, importedType } from '../type-names.ts';

/**
 * Prints what has to be implemented: classes, and members of objects. All functions call `TODO`, a name that no WIT
 * name becomes in JavaScript.
 */
export class StubMembers {
  readonly #layout: ModuleLayout;
  readonly #file: FileBuilder;
  readonly #direction: Direction;
  /** The names that the file declares. */
  readonly #names: NameClaims;

  #hasCalls = false;

  /** @param taken names that the file declares otherwise */
  constructor(layout: ModuleLayout, file: FileBuilder, direction: Direction, taken: readonly string[]) {
    this.#layout = layout;
    this.#file = file;
    this.#direction = direction;
    this.#names = new NameClaims([...reservedWords, 'globalThis', 'undefined', 'TODO', ...taken]);
    file.declare([...taken, 'TODO']);
  }

  /** Prints the function that everything calls which has to be written. */
  printTodo(): void {
    if (this.#hasCalls) this.#file.print(TODO_FUNCTION);
  }

  /** Returns a free name for a declaration of the file. */
  claim(name: string): string {
    const free = this.#names.claim(name);
    this.#file.declare([free]);
    return free;
  }

  /** Prints the members of an interface's object, after the classes that it needs. */
  object(members: readonly WorldSurfaceMember[], module: Module, path: string): Printable {
    const printed = members.flatMap((member): Printable[] => {
      if (member.tag === 'class') return [this.classProperty(member, module, path)];
      return member.tag === 'function' ? [this.method(member, path)] : [];
    });
    return braced(printed);
  }

  /** Prints a class, and returns the property that has it. */
  classProperty(member: ResourceClass, module: Module, path: string): Printable {
    const [key] = member.keys;
    const name = this.claim(key);
    this.#printClass(member, name, module, path);
    return [name === key ? key : entryLayout(key, nameValue(name)), ','];
  }

  /** Prints a function as a method of an object literal, which has its types from that of the object. */
  method({ item, keys: [key] }: MemberFunction, path: string): Printable {
    return code`${propertyName(key)}${namesLayout(parameterNames(item))} ${this.#body(item, `${path}${key}`)},`;
  }

  /** Prints a function as an arrow function. */
  arrow({ item, keys: [key] }: MemberFunction): Printable {
    return arrowLayout(parameterNames(item), this.#call(item, key));
  }

  #printClass(member: ResourceClass, name: string, module: Module, path: string): void {
    const { functions, item, keys } = member;
    if (item === undefined) return;
    const names = importedNames(this.#layout, this.#direction, module);
    const where = `${path}${keys[0]}`;
    const members = [
      ...ofStyle(functions, 'constructor').map(
        (func) =>
          code`constructor${constructorSignature(func.item.type, names)} ${braced([[this.#call(func.item, where), ';']])}`,
      ),
      ...ofStyle(functions, 'method').map((func) => {
        const [key] = func.keys;
        // In a class, only a computed name can be `constructor` and not be the constructor.
        const shown = key === 'constructor' ? '["constructor"]' : propertyName(key);
        return code`${shown}${signature(func.item.type, names)} ${this.#body(func.item, `${where}.${key}`)}`;
      }),
      ...ofStyle(functions, 'static').map(
        (func) =>
          code`static ${propertyName(func.keys[0])}${signature(func.item.type, names)} ${this.#body(func.item, `${where}.${func.keys[0]}`)}`,
      ),
    ];
    const type = importedType(this.#layout, module, item.type);
    this.#file.print(code`${classLayout(name, namedType(type), members)}\n`);
  }

  #body(item: FunctionItem, path: string): Printable {
    return braced([['return ', this.#call(item, path), ';']]);
  }

  #call(item: FunctionItem, path: string): Printable {
    this.#hasCalls = true;
    const names = parameterNames(item);
    const where = stringLiteral(path);
    return names.length === 0
      ? callLayout('TODO', [where])
      : callWithObject('TODO', [where], objectLayout(names));
  }
}

const TODO_FUNCTION: Printable = code`/** Throws. Each call stands for code that has to be written. */
function TODO(name: string, args: object = {}): never ${braced([
  code`throw new ${callLayout(globalType('Error'), [
    code`\`not implemented: \${name}(\${${globalType('Object')}.keys(args).join(", ")})\``,
  ])};`,
])}
`;

/** Returns the name of a constant for an interface. */
export function constantName({ key, titles: [title] }: Module): string {
  const plain = key.replace(/@.*$/u, '').replace(/^.*\//u, '');
  return camelCase(plain) || title;
}

type FunctionItem = MemberFunction['item'];

function parameterNames({ type }: FunctionItem): readonly string[] {
  const style = type.kind.tag === 'freestanding' ? 'function' : type.kind.tag;
  return signatureOf(type, style).parameters.map(({ name }) => name);
}
