import type { Type } from '@wit-ts/model';
import type { AddressType } from '@wit-ts/model/layout';
import type { CanonicalOptions } from '../../engine.ts';
import type { Code } from '../source-text.ts';
import type { FactorySource } from '../factory-source.ts';
import type { ViewName } from '../views.ts';

/** What emitted code calls a component. `from` and `to` pass values outside of a synchronous call. */
type PartyName = 'caller' | 'callee' | 'from' | 'to';

/** One of the two components: how emitted code names what belongs to it. */
export class EmittedParty {
  readonly factory: FactorySource;
  readonly name: PartyName;
  readonly options: CanonicalOptions;
  readonly address: AddressType;
  /** The members that its part of the binding must have for the code to work. */
  usesMemory = false;
  usesRealloc = false;

  constructor(factory: FactorySource, name: PartyName, options: CanonicalOptions) {
    this.factory = factory;
    this.name = name;
    this.options = options;
    this.address = options.memory ?? 'i32';
  }

  get instance(): string {
    return this.name;
  }

  /** The name of its `MemoryViews`. */
  get views(): string {
    this.usesMemory = true;
    return `${this.name}Views`;
  }

  /** Returns the name of the codec of a stream, a future or an error context. */
  waitable(type: Type): string {
    return `${this.name}_${this.factory.waitable(type)}`;
  }

  /** Returns the declarations of what the code uses of this part of the binding. */
  declared(): string[] {
    const own = [`${this.name} = binding.${this.name}.instance`];
    if (this.usesMemory)
      own.push(`${this.name}Views = ${this.factory.use('viewsOf')}(binding.${this.name}.memory)`);
    if (this.usesRealloc) own.push(`${this.name}Realloc = binding.${this.name}.realloc`);
    return own;
  }

  /** Refreshes the views. Must be written wherever the memory may have grown. */
  refresh(code: Code): void {
    code.line(`if (${this.views}.u8.length === 0) ${this.views}.refresh();`);
  }

  /** Converts an address from core wasm, which is signed, to a number. */
  pointer(core: string): string {
    return this.address === 'i32' ? `${core} >>> 0` : `${this.factory.use('toAddress')}(${core})`;
  }

  core(pointer: string): string {
    return this.address === 'i32' ? pointer : `BigInt(${pointer})`;
  }

  /** Returns the name of the emitted function for `LiftLowerContext.allocate`, which checks the result of realloc. */
  allocate(): string {
    return this.#reallocating(
      'Allocate',
      'align, size',
      this.address === 'i32' ? '0, 0, align, size' : '0n, 0n, BigInt(align), BigInt(size)',
    );
  }

  /** Returns the name of the emitted function for `LiftLowerContext.reallocate`. */
  reallocate(): string {
    const args = ['old', 'oldSize', 'align', 'size'];
    return this.#reallocating(
      'Reallocate',
      args.join(', '),
      args.map((arg) => (this.address === 'i32' ? arg : `BigInt(${arg})`)).join(', '),
    );
  }

  #reallocating(role: string, params: string, args: string): string {
    return this.factory.sharedFunction(`${this.name}${role}`, (code) => {
      this.usesRealloc = true;
      code.block(`function ${this.name}${role}(${params})`, () => {
        code.line(`${this.instance}.mayLeave = false;`);
        code.line(`const p = ${this.pointer(`${this.name}Realloc(${args})`)};`);
        code.line(`${this.instance}.mayLeave = true;`);
        this.refresh(code);
        const outside = `(p & (align - 1)) !== 0 || p + size > ${this.views}.u8.length`;
        code.line(`if (${outside}) ${this.factory.use('badRealloc')}(p, align);`);
        code.line('return p;');
      });
    });
  }
}

/** How emitted code reaches a party's memory: through locals if nothing can grow the memory in between. */
export class PartyViews {
  readonly party: EmittedParty;
  readonly #place: Code | undefined;
  readonly #prefix: string;
  readonly #used = new Set<ViewName>();

  private constructor(party: EmittedParty, place: Code | undefined) {
    this.party = party;
    this.#place = place;
    this.#prefix = party.factory.name(party.name);
  }

  /** Returns views for code that calls the party's realloc between its accesses. */
  static direct(party: EmittedParty): PartyViews {
    return new PartyViews(party, undefined);
  }

  /** Returns views for code that does not call realloc. `close` writes the locals to where the code is now. */
  static local(party: EmittedParty, code: Code): PartyViews {
    return new PartyViews(party, code.place());
  }

  get address(): AddressType {
    return this.party.address;
  }

  pointer(core: string): string {
    return this.party.pointer(core);
  }

  get(name: ViewName): string {
    if (this.#place === undefined) return `${this.party.views}.${name}`;
    this.#used.add(name);
    return `${this.#prefix}_${name}`;
  }

  close(): void {
    if (this.#place === undefined || this.#used.size === 0) return;
    const locals = [...this.#used].map((name) => `${this.get(name)} = ${this.party.views}.${name}`);
    this.#place.line(`const ${locals.join(', ')};`);
  }
}
