import type { BodyPipe } from '../../http/body-pipe.ts';
import type { FieldList } from '../../http/field-list.ts';
import { type Fields, type FieldsClass, fieldsClass } from '../../http/fields.ts';
import { unitError } from '../../http/unit-error.ts';
import type { Children } from '../io/children.ts';
import type { WasiIo } from '../io/wasi-io.ts';

/** What the messages of one instance share. */
export class HttpContext {
  readonly io: WasiIo;
  readonly Fields: FieldsClass;
  /** The most bytes of a body that wait for its reader. */
  readonly mostWaiting: number | undefined;
  /** The bodies that the program has begun and not finished. */
  readonly bodies = new Set<BodyPipe>();

  constructor(io: WasiIo, headerBytes: number, mostWaiting?: number) {
    this.io = io;
    this.Fields = fieldsClass({ mostBytes: headerBytes, reportsSize: false });
    this.mostWaiting = mostWaiting;
  }

  /** Makes fields that cannot be changed and must be dropped before their message. */
  childFields(list: FieldList, parent: Children): Fields {
    return new this.Fields(list, { parent });
  }
}

/** Something that a program may take once; after that its function fails. */
export class Once<T> {
  readonly #name: string;
  #value: { readonly value: T } | undefined;

  /** @param name the function of WIT that gives it */
  constructor(name: string, value: T) {
    this.#name = name;
    this.#value = { value };
  }

  take(): T {
    if (this.#value === undefined) throw unitError(`\`${this.#name}\` succeeds only once`);
    const { value } = this.#value;
    this.#value = undefined;
    return value;
  }
}
