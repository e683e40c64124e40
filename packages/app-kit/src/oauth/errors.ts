/** Why a callback gave no tokens. `code` is for programs, the message for people. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError'

  constructor(
    /**
     * `denied`: the person said no. `refused`: another error of the authorization server. `no-code`: the address carries no code.
     * `state`: the state is missing or of another flow. `issuer`: the answer comes from another server (RFC 9207).
     */
    readonly code: 'denied' | 'refused' | 'no-code' | 'state' | 'issuer',
    message: string,
  ) {
    super(message)
  }
}

/** There is no token for this sub-account or agency, or none that still works: the app has to be installed (again). */
export class Disconnected extends Error {
  override readonly name = 'Disconnected'

  constructor(
    /** `location:<id>` or `company:<id>`. */
    readonly key: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
