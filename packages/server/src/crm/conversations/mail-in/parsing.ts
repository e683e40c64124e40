import type { AddressObject, ParsedMail } from 'mailparser'
import { storableText } from '../../../storable-text.js'
import { bareAddress } from '../texts.rules.js'
import { answersOf, bounceOf, isAutomatic, type MailFile, messageIdOf, type ReceivedMail } from './received.rules.js'

const longestText = 500_000
const longestLine = 500
const mostFiles = 50
const mostAddresses = 100
/** Reports are short; what hangs on one is the mail that came back. */
const reportBytes = 262_144

const mailboxesOf = (header: AddressObject | AddressObject[] | undefined) =>
  [header ?? []].flat().flatMap(({ value }) => value.flatMap((each) => each.group ?? [each]))

const addressesOf = (header: AddressObject | AddressObject[] | undefined): string[] =>
  mailboxesOf(header)
    .flatMap(({ address }) => (address ? [storableText(address, longestLine)] : []))
    .slice(0, mostAddresses)

const filesOf = ({ attachments }: ParsedMail): MailFile[] =>
  attachments.slice(0, mostFiles).map(({ filename, contentType, content, cid }) => ({
    name: filename ?? (contentType === 'message/rfc822' ? 'message.eml' : 'file'),
    contentType,
    content,
    cid,
  }))

const isReport = ({ headers }: ParsedMail): boolean => {
  const type = headers.get('content-type') as { value?: string; params?: Record<string, string> } | undefined
  return type?.value?.toLowerCase() === 'multipart/report' && type.params?.['report-type']?.toLowerCase() === 'delivery-status'
}

/** A header as it was written: some that the parser knows come as objects. */
const headerOf =
  ({ headerLines }: ParsedMail) =>
  (name: string): string | undefined => {
    const line = headerLines.find(({ key }) => key === name)?.line
    return line?.slice(line.indexOf(':') + 1)
  }

const said = (text: string | false | undefined) => (text ? storableText(text, longestText) : undefined)

/** Reads a mail. Nothing in it is believed: texts are cut to what can be stored, ids to what can stand in a header. */
export const parseMail = async (source: Buffer): Promise<ReceivedMail> => {
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(source, {
    keepCidLinks: true,
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    checksumAlgo: false,
    maxHtmlLengthToParse: longestText,
  })
  const [from] = mailboxesOf(mail.from)
  return {
    messageId: messageIdOf(mail.messageId),
    from: { address: bareAddress(storableText(from?.address ?? '', 320)), name: storableText(from?.name ?? '', 200).trim() },
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    subject: storableText(mail.subject ?? '', longestLine),
    text: said(mail.text),
    html: said(mail.html),
    answers: answersOf(mail.inReplyTo, mail.references),
    files: filesOf(mail),
    isReport: isReport(mail),
    isAutomatic: isAutomatic(headerOf(mail)),
    bounce: isReport(mail) ? bounceOf(source.subarray(0, reportBytes).toString('latin1')) : undefined,
  }
}
