/** `__Host-` needs HTTPS: browsers then refuse the cookie from anywhere but this very host. */
const secureName = '__Host-groundlevel'

/** The cookie's name for the configured public address; without one we are reached by http on this machine. */
export const cookieName = (publicUrl: string | undefined) => (publicUrl?.startsWith('https://') ? secureName : 'groundlevel')

const tokenForm = /^[A-Za-z0-9_-]{43}$/

/** The session token that a browser sent, if it has the form of one. */
export const tokenIn = (header: string | undefined, name: string): string | undefined => {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  return value !== undefined && tokenForm.test(value) ? value : undefined
}

/** A `Set-Cookie` value that no script can read and that other sites' forms do not carry. */
export const setCookie = (name: string, token: string, maxAgeSeconds: number) => {
  const secure = name === secureName ? '; Secure' : ''
  return `${name}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}
