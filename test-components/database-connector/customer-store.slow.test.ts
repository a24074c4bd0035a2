import { DatabaseSync } from 'node:sqlite';
import { peersInstalled } from '@wit-ts/dev-peers';
import { compile, instantiate, type Component } from '@wit-ts/runtime';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildCustomerStore } from './guest-js/build.ts';
import { sqliteDatabase } from './host/sqlite-database.ts';

interface Customer {
  readonly id: bigint;
  readonly name: string;
  readonly balance: number;
}

interface Customers {
  add(name: string, balance: number): bigint;
  byName(name: string): Customer[];
  richest(count: number): Customer[];
  rename(id: bigint, name: string): boolean;
}

const why = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

/** What people try to put into a statement. */
const injections = [
  "'; DROP TABLE customers; --",
  "' OR '1'='1",
  "x', 1); DELETE FROM customers; --",
  '" OR ""="',
  '\\',
  "\\'; --",
  '?',
  '?1, :name, @name, $name',
  '%',
  '/* */ --',
  'a\0b',
  "' UNION SELECT 1, sql, 2 FROM sqlite_master --",
];

describe.skipIf(!peersInstalled())(`database-connector in JavaScript with SQLite${why}`, () => {
  let component: Component;
  let raw: DatabaseSync;
  let customers: Customers;

  beforeAll(async () => {
    const built = await buildCustomerStore();
    if (built.tag === 'unavailable') throw new Error(built.reason);
    component = await compile(built.bytes);
  }, 120_000);

  beforeEach(async () => {
    raw = new DatabaseSync(':memory:');
    raw.exec(`CREATE TABLE customers (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL CHECK (name <> ''),
      balance REAL NOT NULL
    ) STRICT`);
    const imports = { 'example:store/database': sqliteDatabase(raw) };
    ({ customers } = await instantiate<{ readonly customers: Customers }>(component, imports));
    return () => raw.close();
  }, 60_000);

  it('adds, finds, sorts and renames', () => {
    expect(customers.add('Ada', 10.5)).toBe(1n);
    expect(customers.add('Grüße 🌍', -1)).toBe(2n);
    expect(customers.add('Ada', 30)).toBe(3n);
    expect(customers.byName('Ada').map(({ id }) => id)).toEqual([1n, 3n]);
    expect(customers.richest(2)).toEqual([
      { id: 3n, name: 'Ada', balance: 30 },
      { id: 1n, name: 'Ada', balance: 10.5 },
    ]);
    expect(customers.rename(2n, 'Bob')).toBe(true);
    expect(customers.rename(7n, 'Bob')).toBe(false);
    expect(customers.byName('Bob')).toEqual([{ id: 2n, name: 'Bob', balance: -1 }]);
  });

  it('returns an error of the database as a sentence', () => {
    expect(() => customers.add('', 1)).toThrow(
      expect.objectContaining({ payload: "failed: CHECK constraint failed: name <> ''" }),
    );
  });

  it('takes every text as a value', () => {
    for (const name of injections) customers.add(name, 1);
    for (const [at, name] of injections.entries()) {
      expect(customers.byName(name)).toEqual([{ id: BigInt(at + 1), name, balance: 1 }]);
      expect(customers.rename(1n, name)).toBe(true);
      expect(raw.prepare('SELECT name FROM customers WHERE id = 1').get()).toEqual({ name });
      customers.rename(1n, injections[0]!);
    }
    expect(customers.richest(1000)).toHaveLength(injections.length);
  });
});
