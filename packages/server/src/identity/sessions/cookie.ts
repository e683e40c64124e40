/** `__Host-` needs HTTPS: browsers then refuse the cookie from anywhere but this very host. */
export const cookieName = (publicUrl: string) => (publicUrl.startsWith('https://') ? '__Host-groundlevel' : 'groundlevel')

const tokenForm = /^[A-Za-z0-9_-]{43}$/

/** The session token that a browser sent, if it has the form of one. */
export const tokenIn = (header: string | undefined, name: string): string | undefined => {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  return value !== undefined && tokenForm.test(value) ? value : undefined
}

/** A `Set-Cookie` value that no script can read and that other sites' forms do not carry. */
export const setCookie = (publicUrl: string, token: string, maxAgeSeconds: number) => {
  const name = cookieName(publicUrl)
  const secure = name.startsWith('__Host-') ? '; Secure' : ''
  return `${name}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}
