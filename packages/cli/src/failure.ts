/** Ends the command with one sentence on standard error. */
export class Failure extends Error {
  override readonly name = 'Failure'

  constructor(
    message: string,
    /** 1: it did not work; 2: it was asked wrongly. */
    readonly exitCode: 1 | 2 = 1,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
