// Declares `Symbol.dispose` as TypeScript's library `esnext.disposable` does, for programs without this library.

interface SymbolConstructor {
  readonly dispose: unique symbol;
}

interface Disposable {
  [Symbol.dispose](): void;
}
