import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomText } from './digests.js'

/** `__Host-` needs HTTPS: browsers then refuse the cookie from anywhere but this very host. */
const cookieName = (publicUrl: string) =>
  publicUrl.startsWith('https://') ? '__Host-groundlevel-browser' : 'groundlevel-browser'

const form = /^[A-Za-z0-9_-]{43}$/

/** What ties an authorization request to the browser that began it, before anybody is signed in. */
export const browserIn = ({ headers }: FastifyRequest, publicUrl: string): string | undefined => {
  const name = `${cookieName(publicUrl)}=`
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const value = pairs.find((pair) => pair.startsWith(name))?.slice(name.length)
  return value !== undefined && form.test(value) ? value : undefined
}

/** The browser's value, given to it now where it has none. */
export const browserOf = (request: FastifyRequest, reply: FastifyReply, publicUrl: string): string => {
  const known = browserIn(request, publicUrl)
  if (known !== undefined) return known
  const made = randomText(32)
  const secure = publicUrl.startsWith('https://') ? '; Secure' : ''
  reply.header('set-cookie', `${cookieName(publicUrl)}=${made}; Path=/; HttpOnly; SameSite=Lax${secure}`)
  return made
}
