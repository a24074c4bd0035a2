import type { BodyPipe } from '../../http/body-pipe.ts';
import type { FieldList } from '../../http/field-list.ts';
import { Fields, type FieldsClass, fieldsClass, type FieldsRules } from '../../http/fields.ts';
import { unitError } from '../../http/unit-error.ts';
import type { Children } from '../io/children.ts';
import type { WasiIo } from '../io/wasi-io.ts';

/** What the messages of one instance share. */
export class HttpContext {
  readonly io: WasiIo;
  readonly #rules: FieldsRules;
  /** The most bytes of a body that wait for its reader. */
  readonly mostWaiting: number | undefined;
  /** The bodies that the program has begun and not finished. */
  readonly bodies = new Set<BodyPipe>();

  constructor(io: WasiIo, headerBytes: number, mostWaiting?: number) {
    this.io = io;
    this.#rules = { mostBytes: headerBytes, reportsSize: false };
    this.mostWaiting = mostWaiting;
  }

  /** The class of the fields that the program makes. */
  fieldsClass(): FieldsClass {
    return fieldsClass(this.#rules);
  }

  /** Makes fields that cannot be changed and must be dropped before their message. */
  childFields(list: FieldList, parent: Children): Fields {
    return new Fields(this.#rules, list, { parent });
  }
}

/** Something that a program may do once; after that its function fails. */
export class Once {
  readonly #name: string;
  #isDone = false;

  /** @param name the function of WIT */
  constructor(name: string) {
    this.#name = name;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** @throws ComponentError without a payload when it is done already */
  do(): void {
    if (this.#isDone) throw unitError(`\`${this.#name}\` succeeds only once`);
    this.#isDone = true;
  }
}
