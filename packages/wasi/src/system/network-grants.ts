/** What an instance may reach. Names and addresses are compared in normal form, and addresses again after a look-up. */
export interface NetworkGrants {
  /** Whether anything at all is granted, so that names may be looked up. */
  readonly isEmpty: boolean;
  /** Whether a connection or a datagram may go to an address, which `name` was looked up for, if there was one. */
  mayConnect(address: string, port: number, name?: string): boolean;
  /** Whether a socket may be bound to an address to receive connections or datagrams. */
  mayListen(address: string, port: number): boolean;
  mayLookUp(name: string): boolean;
  /** Whether an outgoing request may go to an origin: `https://api.example.org`, with the port if it is not usual. */
  mayRequest(origin: string): boolean;
}
