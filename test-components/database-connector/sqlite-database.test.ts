import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ComponentError } from '@wit-ts/runtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../running/temporary-directory.ts';
import { MAX_LENGTH, sqliteDatabase, type Database } from './host/sqlite-database.ts';

const directory = temporaryDirectory();

/** Returns the `err` that a call throws. */
function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as ComponentError).payload;
  }
  return undefined;
}

describe('the database that the host lends', () => {
  let database: Database;
  let raw: DatabaseSync;

  beforeEach(() => {
    raw = new DatabaseSync(':memory:', { limits: { attach: 0, length: MAX_LENGTH } });
    raw.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, v)');
    database = sqliteDatabase(raw);
    return () => raw.close();
  });

  it('keeps the type and the value of everything that it binds', () => {
    const values = [
      { tag: 'null' },
      { tag: 'integer', val: -(2n ** 63n) },
      { tag: 'integer', val: 2n ** 63n - 1n },
      { tag: 'real', val: 0.1 },
      { tag: 'text', val: "Grüße 🌍 '; DROP TABLE t; --" },
      { tag: 'blob', val: new Uint8Array([0, 255, 39]) },
    ] as const;
    for (const value of values) database.change('INSERT INTO t (v) VALUES (?)', [value]);
    expect(database.query('SELECT v FROM t ORDER BY id', [])).toEqual(values.map((value) => [value]));
  });

  it('counts the rows that a statement changes', () => {
    for (const val of [1n, 2n, 3n])
      database.change('INSERT INTO t (v) VALUES (?)', [{ tag: 'integer', val }]);
    expect(database.change('UPDATE t SET v = 0 WHERE v > ?', [{ tag: 'integer', val: 1n }])).toBe(2n);
    expect(database.change('DELETE FROM t', [])).toBe(3n);
  });

  it.each([
    ['DROP TABLE t', 'delete sqlite_master'],
    ['CREATE TABLE u (a)', 'insert sqlite_master'],
    ['CREATE TEMP VIEW u AS SELECT 1', 'insert sqlite_temp_master'],
    ['ALTER TABLE t RENAME TO u', 'alter table main'],
    ['PRAGMA journal_mode = WAL', 'pragma journal_mode'],
    ['VACUUM', 'attach '],
    ['BEGIN', 'transaction BEGIN'],
    ['SELECT sql FROM sqlite_master', 'read sqlite_master'],
    ["SELECT load_extension('x')", 'function load_extension'],
  ])('refuses %s', (statement, reason) => {
    expect(errorOf(() => database.query(statement, []))).toEqual({ tag: 'refused', val: reason });
    expect(errorOf(() => database.change(statement, []))).toEqual({ tag: 'refused', val: reason });
  });

  it('opens no other file', () => {
    const path = join(directory(), 'other.db');
    const refused = errorOf(() => database.change('ATTACH ? AS other', [{ tag: 'text', val: path }]));
    expect(refused).toMatchObject({ tag: 'refused' });
    expect(existsSync(path)).toBe(false);
  });

  it('runs one statement, not those behind it', () => {
    database.query('SELECT 1; DELETE FROM t', []);
    database.change('INSERT INTO t (v) VALUES (1); DELETE FROM t', []);
    expect(database.query('SELECT v FROM t', [])).toHaveLength(1);
  });

  it.each([
    ['SELECT', 'incomplete input'],
    ['SELECT * FROM missing', 'no such table: missing'],
    ['SELECT ?', 'column index out of range'],
  ])('reports the error of %s', (statement, message) => {
    const values = statement === 'SELECT ?' ? ([{ tag: 'null' }, { tag: 'null' }] as const) : [];
    expect(errorOf(() => database.query(statement, values))).toEqual({ tag: 'failed', val: message });
  });

  it('limits the rows of an answer and the length of a value', () => {
    const rows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    expect(errorOf(() => database.query(rows, []))).toMatchObject({ tag: 'refused' });
    for (let i = 0; i < 101; i++) database.change('INSERT INTO t (v) VALUES (1)', []);
    const pairs = 'SELECT 1 FROM t AS a, t AS b';
    expect(errorOf(() => database.query(pairs, []))).toEqual({ tag: 'too-many-rows', val: 10_000 });
    const large = errorOf(() => database.query('SELECT randomblob(1e9)', []));
    expect(large).toEqual({ tag: 'failed', val: 'string or blob too big' });
  });
});
