/** Tasks, streams and futures (`Concurrency.md` and `CanonicalABI.md`). */
export { Store, type StoreOptions } from './store.ts';
