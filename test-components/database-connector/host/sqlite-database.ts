import { constants, type DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { ComponentError } from '@wit-ts/runtime';

/** `value` of the WIT, as JavaScript has variants. */
export type DatabaseValue =
  | { readonly tag: 'null' }
  | { readonly tag: 'integer'; readonly val: bigint }
  | { readonly tag: 'real'; readonly val: number }
  | { readonly tag: 'text'; readonly val: string }
  | { readonly tag: 'blob'; readonly val: Uint8Array<ArrayBuffer> };

export interface Database {
  query(statement: string, values: readonly DatabaseValue[]): DatabaseValue[][];
  change(statement: string, values: readonly DatabaseValue[]): bigint;
}

/**
 * The most rows that one answer has, and the length in bytes of the texts and blobs that SQLite makes. A guest with
 * `SELECT randomblob(1e9)` otherwise uses the memory of the host.
 */
const MAX_ROWS = 10_000;
export const MAX_LENGTH = 1_000_000;

/** What a statement may do. SQLite asks for each part of it when it is prepared. */
const ALLOWED: ReadonlySet<number> = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_INSERT,
  constants.SQLITE_UPDATE,
  constants.SQLITE_DELETE,
  constants.SQLITE_FUNCTION,
]);

/**
 * The interface `example:store/database` over a database of SQLite. From now on the database only reads and changes the
 * rows of its tables: `ATTACH`, which opens any file of the host, `PRAGMA`, and everything that changes the schema are
 * refused. Open it with `limits: { attach: 0, length: MAX_LENGTH }`.
 */
export function sqliteDatabase(database: DatabaseSync): Database {
  let refused: string | undefined;
  database.setAuthorizer((action, name, detail) => {
    // Extensions are code of the host's machine.
    const isAllowed = ALLOWED.has(action) && detail?.toLowerCase() !== 'load_extension';
    // The schema shows the names of all tables, and triggers and views could change what later statements mean.
    if (isAllowed && !(action !== constants.SQLITE_SELECT && name?.startsWith('sqlite_')))
      return constants.SQLITE_OK;
    refused = actionName(action, name ?? detail);
    return constants.SQLITE_DENY;
  });

  function statement<Result>(run: () => Result): Result {
    refused = undefined;
    try {
      return run();
    } catch (error) {
      if (error instanceof ComponentError) throw error;
      // Errors of SQLite say what is wrong with the statement; others are not for the guest.
      if (!(error instanceof Error) || !('code' in error)) throw error;
      throw refused === undefined
        ? new ComponentError({ tag: 'failed', val: error.message })
        : new ComponentError({ tag: 'refused', val: refused });
    }
  }

  return {
    query: (text, values) =>
      statement(() => {
        const prepared = database.prepare(text);
        prepared.setReadBigInts(true);
        prepared.setReturnArrays(true);
        const rows: DatabaseValue[][] = [];
        for (const row of prepared.iterate(...values.map(toSqlite))) {
          if (rows.length === MAX_ROWS) throw new ComponentError({ tag: 'too-many-rows', val: MAX_ROWS });
          rows.push(Array.from(row as unknown as SQLOutputValue[], fromSqlite));
        }
        return rows;
      }),
    change: (text, values) =>
      statement(() => {
        const prepared = database.prepare(text);
        prepared.setReadBigInts(true);
        return BigInt(prepared.run(...values.map(toSqlite)).changes);
      }),
  };
}

/** Says in words what was refused: `SQLITE_ATTACH /etc/passwd` is `attach /etc/passwd`. */
function actionName(action: number, what: string | null): string {
  const [name = `action ${action}`] = Object.entries(constants)
    .filter(([key, value]) => value === action && !/^SQLITE_(?:CHANGESET|OK|DENY|IGNORE)/u.test(key))
    .map(([key]) => key.slice('SQLITE_'.length).toLowerCase().replaceAll('_', ' '));
  return what === null ? name : `${name} ${what}`;
}

function toSqlite(value: DatabaseValue): SQLInputValue {
  return value.tag === 'null' ? null : value.val;
}

function fromSqlite(value: SQLOutputValue): DatabaseValue {
  switch (typeof value) {
    case 'bigint':
      return { tag: 'integer', val: value };
    case 'number':
      return { tag: 'real', val: value };
    case 'string':
      return { tag: 'text', val: value };
    default:
      return value === null ? { tag: 'null' } : { tag: 'blob', val: new Uint8Array(value) };
  }
}
