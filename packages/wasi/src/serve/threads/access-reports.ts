import type { IncomingMessage } from 'node:http';
import type { AccessEntry } from '../serve.ts';
import type { RequestTable } from './request-table.ts';

/** How long entries are kept together before they are posted, in milliseconds: a message for each costs too much. */
const TOGETHER = 10;

/** In a thread of a server: notes its requests in the table, and posts the entries of those that have ended. */
export class AccessReports {
  readonly #table: RequestTable;
  readonly #post: ((entries: AccessEntry[]) => void) | undefined;
  #entries: AccessEntry[] = [];
  #slots: (number | undefined)[] = [];

  /** @param post absent when nobody wants the entries */
  constructor(table: RequestTable, post: ((entries: AccessEntry[]) => void) | undefined) {
    this.#table = table;
    this.#post = post;
  }

  /** Notes a request that begins, and returns what receives its entry at its end. */
  readonly begin = ({ method = '', url = '', socket }: IncomingMessage): ((entry: AccessEntry) => void) => {
    const slot = this.#table.begin(method, url, socket.remoteAddress ?? '');
    return (entry) => {
      this.#table.end(slot, entry);
      if (this.#post === undefined) this.#table.free(slot);
      else this.#add(entry, slot);
    };
  };

  /** Posts what has ended until now. */
  flush(): void {
    if (this.#entries.length === 0) return;
    this.#post?.(this.#entries);
    for (const slot of this.#slots) this.#table.free(slot);
    this.#entries = [];
    this.#slots = [];
  }

  #add(entry: AccessEntry, slot: number | undefined): void {
    if (this.#entries.length === 0) setTimeout(() => this.flush(), TOGETHER);
    this.#entries.push(entry);
    this.#slots.push(slot);
  }
}
