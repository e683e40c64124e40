const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" }

/** A line or two of what an HTML text says, for lists. */
export const plainText = (html: string): string =>
  html
    .slice(0, 20_000)
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<br[^>]*>|<\/(p|div|tr|h[1-6]|li)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#39|\w{2,6});/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()

/** The text part of a mail: as lists have it, with the addresses of links that do not say them. */
export const mailText = (html: string): string => {
  let opened = ''
  const spelled = html.slice(0, 20_000).replace(/<a\b([^<>]*)>|<\/a>/gi, (tag, within: string | undefined) => {
    const address = opened === '' ? '' : ` (${opened})`
    opened = /\bhref\s*=\s*["'](https?:\/\/[^"']+)["']/i.exec(within ?? '')?.[1] ?? ''
    return `${address}${tag}`
  })
  return plainText(spelled.replace(/>(https?:\/\/[^\s<>]+) \(\1\)</gi, '>$1<'))
}

/** The address in `Name <address>`, or the text itself. */
export const bareAddress = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase()

/** A name as a mail header may carry it. */
export const mailbox = (name: string, address: string): string => {
  const tidy = name.replace(/[\p{C}"<>\\]/gu, ' ').trim()
  return tidy === '' ? address : `${tidy} <${address}>`
}

const isAddress = (text: string) => /^[^\s@<>]+@[^\s@<>]+$/.test(text)

/** Whether a text can stand in a header: one address, with or without a name. */
export const isMailbox = (text: string): boolean => !/[\r\n]/.test(text) && isAddress(bareAddress(text))

/** Re: once, however often it was answered. */
export const replySubject = (subject: string | null): string => {
  const bare = (subject ?? '').replace(/^(\s*(re|aw|sv)\s*:)+\s*/i, '')
  return `Re: ${bare}`.trim()
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
export const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => escapes[character] as string)
