import { type Code, dataText, literal, objectKey } from '@wit-ts/abi/compile';
import type { ExportWiring } from '@wit-ts/runtime/static-module';
import type { InstancePrinter } from './instance-printer.ts';
import { moduleText } from './module-text.ts';

type ExportedClass = Extract<ExportWiring, { tag: 'class' }>;

/** Prints the exports of an instance. What several names share is declared once, before it. */
export class ExportsPrinter {
  readonly #printer: InstancePrinter;
  readonly #code: Code;
  readonly #objects = new Map<readonly ExportWiring[], string>();
  readonly #classes = new Map<number, string>();
  #count = 0;

  constructor(printer: InstancePrinter, code: Code) {
    this.#printer = printer;
    this.#code = code;
  }

  /** Prints the object of all exports. */
  text(): string {
    return this.#object(this.#printer.wiring.exports);
  }

  #object(members: readonly ExportWiring[]): string {
    const texts = members.flatMap((member) => this.#member(member));
    return texts.length === 0 ? 'Object.freeze({})' : `Object.freeze({ ${texts.join(', ')} })`;
  }

  #member(member: ExportWiring): readonly string[] {
    if (member.tag === 'class' && this.#isHosts(member)) {
      // The host may have given no class; then there is nothing to export.
      const value = `resource${member.resource}.hostClass`;
      return member.keys.map((key) => `...(${value} && { ${objectKey(key)}: ${value} })`);
    }
    const value = this.#value(member);
    return member.keys.map((key) => `${objectKey(key)}: ${value}`);
  }

  #isHosts({ resource }: ExportedClass): boolean {
    return this.#printer.wiring.resources[resource]!.tag === 'host';
  }

  /** Prints an expression that several keys may repeat. */
  #value(member: ExportWiring): string {
    switch (member.tag) {
      case 'function': {
        const text = this.#function(member.function);
        return member.keys.length === 1 ? text : this.#declare('func', text);
      }
      case 'class':
        return this.#class(member);
      case 'object': {
        let name = this.#objects.get(member.members);
        if (name === undefined) {
          name = this.#declare('object', this.#object(member.members));
          this.#objects.set(member.members, name);
        }
        return name;
      }
      case 'module':
        return moduleText(member.module);
      case 'component':
        throw new TypeError('exported components are not printed');
    }
  }

  #function(index: number): string {
    const { functions, wiring } = this.#printer;
    const func = wiring.functions[index]!;
    if (func.tag === 'lifted') return this.#printer.lifted(func);
    const { import: imported, type, style, name, resources } = func;
    const call =
      style.tag === 'function'
        ? `found[${imported}]`
        : `${functions.use('plainCall')}(found[${imported}], ${dataText(style)}, ${literal(name)}${style.tag === 'method' ? `, { ${functions.use('callMethod')} }` : ''})`;
    return `${functions.use('passOn')}(${functions.passedOn(type, name)}, ${literal(name)}, ${call}, ${this.#printer.resources(resources)})`;
  }

  #class({ keys, resource, functions }: ExportedClass): string {
    const { functions: printed } = this.#printer;
    let name = this.#classes.get(resource);
    if (name === undefined) {
      name = this.#declare('class', `${printed.resourceClass(keys[0]).name}(resource${resource})`);
      this.#classes.set(resource, name);
    }
    for (const { style, key, function: index } of functions) {
      const value = this.#function(index);
      if (style === 'constructor') this.#code.line(`resource${resource}.construct = ${value};`);
      else {
        const owner = style === 'static' ? name : `${name}.prototype`;
        this.#code.line(`${printed.use('defineMember')}(${owner}, ${literal(key)}, ${value});`);
      }
    }
    return name;
  }

  #declare(role: 'func' | 'class' | 'object', text: string): string {
    this.#count += 1;
    const name = `${role}$${this.#count}`;
    this.#code.line(`const ${name} = ${text};`);
    return name;
  }
}
