// Declares `Symbol.dispose` as TypeScript's library `esnext.disposable` does, for programs that do not name this library.

interface SymbolConstructor {
  readonly dispose: unique symbol;
}

interface Disposable {
  [Symbol.dispose](): void;
}
