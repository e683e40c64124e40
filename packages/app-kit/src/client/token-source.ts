/** Gives the client its token, and a new one when the old one was refused. */
export interface TokenSource {
  /** The access token for the next call. */
  get(): Promise<string>
  /** A token other than `stale`, which a reply has just refused. Called once a call at most. */
  refresh?(stale: string): Promise<string>
}

/** A token that never changes (a private integration token), a function that finds one, or a source that can refresh. */
export type TokenLike = string | (() => Promise<string>) | TokenSource

export const sourceOf = (token: TokenLike | undefined): TokenSource | undefined => {
  if (token === undefined) return undefined
  if (typeof token === 'string') return { get: async () => token }
  return typeof token === 'function' ? { get: token } : token
}

const notAboutTheToken = [
  /not authorized for this scope/i,
  /version header/i,
  /IAM Service/i,
  /authClass/i,
  /user type is not yet supported/i,
]

/** Whether another token could help: HighLevel also answers 401 for a missing scope, version or route (wire-contract §1.9). */
export const worthRefreshing = (messages: readonly string[]) =>
  !messages.some((text) => notAboutTheToken.some((known) => known.test(text)))
