// Declares the name of the streams of the DOM library and of Node's types, for programs without both. A declaration
// with members would not fit those of the libraries, so a program without them can only pass such a stream on.

// oxlint-disable-next-line no-empty-interface, no-empty-object-type, no-unused-vars -- merged with a library's
interface WritableStream<W> {}
