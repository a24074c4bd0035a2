// Typed access to a table, compiled together with an engine by componentize-js. Every value is bound, none is spliced.

import { change, query } from 'example:store/database';

const text = (val) => ({ tag: 'text', val });
const integer = (val) => ({ tag: 'integer', val });
const real = (val) => ({ tag: 'real', val });

/** The customer of a row. The statements below say in which order its columns are. */
const customer = ([id, name, balance]) => ({ id: id.val, name: name.val, balance: balance.val });

/** Passes an error of the database on as a sentence. */
function orReason(work) {
  try {
    return work();
  } catch (error) {
    const { tag, val } = error.payload ?? { tag: 'failed', val: String(error) };
    throw tag === 'too-many-rows' ? `more than ${val} rows` : `${tag}: ${val}`;
  }
}

export const customers = {
  add(name, balance) {
    return orReason(() => {
      const statement = 'INSERT INTO customers (name, balance) VALUES (?, ?) RETURNING id';
      const [[id]] = query(statement, [text(name), real(balance)]);
      return id.val;
    });
  },

  byName(name) {
    const statement = 'SELECT id, name, balance FROM customers WHERE name = ? ORDER BY id';
    return orReason(() => query(statement, [text(name)]).map(customer));
  },

  richest(count) {
    const statement = 'SELECT id, name, balance FROM customers ORDER BY balance DESC, id LIMIT ?';
    return orReason(() => query(statement, [integer(BigInt(count))]).map(customer));
  },

  rename(id, name) {
    const statement = 'UPDATE customers SET name = ? WHERE id = ?';
    return orReason(() => change(statement, [text(name), integer(id)]) > 0n);
  },
};
