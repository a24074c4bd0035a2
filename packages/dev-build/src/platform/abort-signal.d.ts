// Declares the names of the DOM library and of Node's types for cancellation, for programs without both. More members
// would not fit those of the libraries.

interface AbortSignal {
  readonly aborted: boolean;
}

// oxlint-disable-next-line no-unused-vars -- merged with a library's
interface AbortController {
  readonly signal: AbortSignal;
}
