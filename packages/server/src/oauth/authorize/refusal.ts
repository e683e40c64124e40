/** Shown in the browser; never a redirect, since neither client nor address is proven. */
export interface AuthorizeError {
  readonly title: string
  readonly detail: string
  /** What the developer of the app can do about it. */
  readonly hint: string
}

/** Ends an authorization request: by a page, or, where client and address are proven, by an error redirect. */
export class AuthorizeRefusal extends Error {
  constructor(
    readonly to: 'page' | 'client',
    readonly page: AuthorizeError,
    readonly code: string,
    /** The true cause, for the developer's timeline. */
    readonly why: string,
  ) {
    super(why)
  }
}

export const refusePage = (page: AuthorizeError, why: string) => new AuthorizeRefusal('page', page, 'invalid_request', why)

export const refuseClient = (code: string, description: string, why = description) =>
  new AuthorizeRefusal('client', { title: '', detail: description, hint: '' }, code, why)
