import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a person did with an e-mail. */
export type Act = 'opened' | 'clicked'

/** Signs the addresses that tell of an e-mail that was opened, and leads to where its links led. */
export interface MailTracking {
  /** Address of a picture that nobody sees. */
  openUrl(mail: TrackedMail): string
  /** Address that stands for a link. */
  clickUrl(mail: TrackedMail, target: string): string
  /** Whether an address is one of ours: nobody makes us lead elsewhere. */
  isOurs(act: Act, mail: TrackedMail, target: string, signature: string): boolean
}

export interface TrackedMail {
  readonly locationId: string
  readonly emailId: string
}

export const trackingPath = '/_ground/m'
const paths: Readonly<Record<Act, string>> = { opened: 'o', clicked: 'c' }
const mostLinks = 500
const longestLink = 2000

export const createTracking = (secret: Buffer, publicUrl: () => string): MailTracking => {
  const sign = (act: Act, { locationId, emailId }: TrackedMail, target: string) =>
    createHmac('sha256', secret).update(`mail ${act}\n${locationId}\n${emailId}\n${target}`).digest('base64url').slice(0, 22)
  const urlOf = (act: Act, mail: TrackedMail, target: string) =>
    `${publicUrl()}${trackingPath}/${paths[act]}/${mail.locationId}/${mail.emailId}/${sign(act, mail, target)}`
  return {
    openUrl: (mail) => urlOf('opened', mail, ''),
    clickUrl: (mail, target) => `${urlOf('clicked', mail, target)}?to=${encodeURIComponent(target)}`,
    isOurs: (act, mail, target, signature) => {
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(act, mail, target))]
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}

const link = /(<a\b[^<>]*?\shref\s*=\s*)(["'])(https?:\/\/[^"'<>]+)\2/gi
const attribute = (text: string) => text.replace(/&/g, '&amp;')

/** The HTML of an e-mail with links that are counted, and a picture that is fetched when it is opened. */
export const tracked = (html: string, tracking: MailTracking, mail: TrackedMail): string => {
  let links = 0
  const counted = html.replace(link, (whole, before: string, quote: string, written: string) => {
    const target = written.replace(/&amp;/g, '&').trim()
    if (++links > mostLinks || target.length > longestLink || !URL.canParse(target)) return whole
    return `${before}${quote}${attribute(tracking.clickUrl(mail, target))}${quote}`
  })
  const picture = `<img src="${tracking.openUrl(mail)}" width="1" height="1" alt="" style="display:none">`
  const end = counted.toLowerCase().lastIndexOf('</body>')
  return end < 0 ? counted + picture : counted.slice(0, end) + picture + counted.slice(end)
}
