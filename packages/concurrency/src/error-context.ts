/**
 * A value of the type `error-context` (`CanonicalABI.md`, "Error Context State"): a message for people who look for the
 * cause of an error. A guest that receives one keeps the same object.
 */
export class ErrorContext extends Error {
  override readonly name: string = 'ErrorContext';
  readonly debugMessage: string;

  constructor(debugMessage: string, options?: ErrorOptions) {
    super(debugMessage, options);
    this.debugMessage = debugMessage;
  }
}
