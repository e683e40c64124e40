import { createClient } from '@groundlevel/app-kit'

/** Someone's browser, as far as the portal can tell: cookies, and the header that its pages send. */
export interface Session {
  readonly client: ReturnType<typeof createClient>
  /** A page of the server, with the session's cookies. Redirects are not followed. */
  page(path: string): Promise<Response>
  /** `fetch` with the session's cookies. */
  readonly send: typeof fetch
}

/** How our own pages say that a call is theirs. */
export const portalHeaders = { 'x-groundlevel': 'portal' } as const

/** Adds the cookies that earlier answers set, and keeps new ones. */
const cookieFetch = (): typeof fetch => {
  const jar = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (name) jar.set(name.trim(), value)
    }
    return response
  }
}

/** Signs in as that person. */
export const signIn = async (
  serverUrl: string,
  person: { readonly email: string; readonly password: string },
): Promise<Session> => {
  const send = cookieFetch()
  const client = createClient({ baseUrl: serverUrl, headers: portalHeaders, fetch: send })
  await client.account.session.signIn({ body: { email: person.email, password: person.password } })
  return {
    client,
    send,
    page: (path) =>
      send(new URL(path, serverUrl), {
        redirect: 'manual',
        headers: { accept: 'text/html' },
        signal: AbortSignal.timeout(30_000),
      }),
  }
}
