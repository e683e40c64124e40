import { badRequest } from '@groundlevel/contract-kit'
import { type Fate, fateOfMail, fateOfNumber } from './fates.rules.js'
import { mailStats } from './mail-stats.js'
import type { Problem, Route } from './messages.sql.js'
import type { AppInstall, TalkPorts } from './ports.js'
import { type Provider, providerChoice, providersOf } from './providers.sql.js'
import { type Send, sendsOf } from './sends.sql.js'
import { bareAddress } from './texts.rules.js'
import type { Work } from './work.js'

/** How a message leaves, if it does. */
export type Way =
  | { readonly kind: 'inside' }
  | { readonly kind: 'provider'; readonly provider: Provider; readonly install: AppInstall }
  | { readonly kind: 'smtp' }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'nowhere'; readonly problem: Problem }

/** What leaves, a message or an e-mail of a thread. */
export interface Outgoing {
  readonly messageId: string
  readonly emailId?: string | undefined
  /** Null: of somebody who is no contact. */
  readonly contactId: string | null
  readonly body: string | null
  readonly html?: string | null
  readonly subject?: string | null
  readonly attachments: readonly string[]
  readonly from: string | null
  /** A number, or the addresses of an e-mail. */
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly bcc?: readonly string[]
  readonly userId: string | null
  readonly replyToAltId?: string | undefined
}

/** Where a message stands once it has been handed over. */
export interface HandedOver {
  readonly status: string
  readonly problem: Problem | null
  readonly route: Route | null
  readonly fate?: Fate
}

const channelOfProvider = (type: string) => (type === 'SMS' ? 'SMS' : type === 'Email' ? 'Email' : undefined)

/** Types that a provider of each kind takes. */
const taken: Readonly<Record<Provider['type'], readonly string[]>> = {
  SMS: ['SMS', 'Custom', 'WhatsApp', 'RCS', 'Live_Chat', 'IG', 'FB', 'TIKTOK', 'GMB', 'WebChat', 'ALL_IN_ONE_CHAT'],
  Email: ['Email', 'Custom'],
  Call: ['Call', 'IVR_Call', 'Campaign_Call', 'Campaign_VoiceMail'],
}

type Asking = Pick<Work, 'db' | 'locationId' | 'companyId'>

const installOf = async (ports: TalkPorts, { locationId, companyId }: Asking, provider: Provider) =>
  (await ports.installsFor({ companyId, locationId })).find(({ appId }) => appId === provider.appId)

/**
 * The provider that a request names, as long as its app is installed here and it takes such messages.
 *
 * @throws WireError 400 in the words that programs know
 */
export const namedProvider = async (ports: TalkPorts, asking: Asking, id: string, type: string): Promise<Provider> => {
  const provider = await providersOf(asking.db).byId(id)
  const fits = provider && taken[provider.type].includes(type) && (await installOf(ports, asking, provider))
  if (!provider || !fits) throw badRequest('Incorrect conversationProviderId/type')
  return provider
}

/** The provider that goes with a message: the one that is named, else the sub-account's choice for the channel. */
export const providerFor = async (
  ports: TalkPorts,
  asking: Asking,
  type: string,
  id: string | undefined,
): Promise<Provider | undefined> => {
  if (id) return namedProvider(ports, asking, id, type)
  if (type === 'Custom') throw badRequest('No conversationProviderId passed in body')
  const channel = channelOfProvider(type)
  const chosen = channel && (await providerChoice(asking.db, asking.locationId).of(channel))
  return chosen && (await installOf(ports, asking, chosen)) ? chosen : undefined
}

const inside: ReadonlySet<string> = new Set(['InternalComment', 'Live_Chat', 'ALL_IN_ONE_CHAT', 'WebChat', 'Review'])

const nowhere = (type: string): Way => ({
  kind: 'nowhere',
  problem: {
    code: 'no_channel',
    type: 'configuration',
    message: `Nothing here sends ${type}: connect a conversation provider, or set a mail server for e-mail.`,
  },
})

/** What an install must have been granted to be handed messages. */
const sendScope = 'conversations/message.write'

const notGranted = ({ name }: Provider): Way => ({
  kind: 'nowhere',
  problem: {
    code: 'no_scope',
    type: 'configuration',
    message: `The app of the provider ${JSON.stringify(name)} was not granted ${sendScope}.`,
  },
})

export const wayOf = async (ports: TalkPorts, asking: Asking, type: string, provider: Provider | undefined): Promise<Way> => {
  if (provider) {
    const install = await installOf(ports, asking, provider)
    if (!install) return nowhere(type)
    return install.scopes.includes(sendScope) ? { kind: 'provider', provider, install } : notGranted(provider)
  }
  if (inside.has(type)) return { kind: 'inside' }
  if (type === 'Email' && ports.mailer) return { kind: 'smtp' }
  return ports.outbox ? { kind: 'outbox' } : nowhere(type)
}

const outboxFate = (outgoing: Outgoing): Fate =>
  outgoing.emailId ? fateOfMail(outgoing.to.map(bareAddress)) : fateOfNumber(outgoing.to[0] ?? null)

/** Where a message stands that goes this way, before anything was done. */
export const standingOf = (way: Way, outgoing: Outgoing): HandedOver => {
  if (way.kind === 'inside') return { status: 'delivered', problem: null, route: null }
  if (way.kind === 'nowhere') return { status: 'failed', problem: way.problem, route: null }
  if (way.kind !== 'outbox') return { status: 'pending', problem: null, route: way.kind }
  const fate = outboxFate(outgoing)
  return { status: fate.status, problem: fate.problem ?? null, route: 'outbox', fate }
}

const filled = (record: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined))

const providerBody = (outgoing: Outgoing, locationId: string, provider: Provider) => {
  const { contactId, messageId, emailId, attachments, userId, replyToAltId } = outgoing
  const about = { conversationProviderId: provider.id, deliveryUrl: provider.deliveryUrl }
  const shared = { contactId, locationId, messageId, attachments, userId, replyToAltId, ...about }
  return emailId
    ? filled({
        ...shared,
        emailMessageId: emailId,
        type: 'Email',
        emailTo: outgoing.to,
        emailFrom: outgoing.from,
        html: outgoing.html ?? outgoing.body,
        subject: outgoing.subject,
      })
    : filled({ ...shared, type: 'SMS', phone: outgoing.to[0], message: outgoing.body ?? '' })
}

const tellFate = async (work: Work, outgoing: Outgoing, { fate, problem }: HandedOver) => {
  if (!fate?.event || !outgoing.emailId) return
  const code = fate.event === 'failed' ? Number(problem?.code) || 550 : 250
  const answer = { code, message: problem?.message ?? 'OK', seconds: 0, host: 'outbox', attempt: 1 }
  if (fate.event === 'complained') await work.tell('LCEmailStats', mailStats(outgoing, work, 'delivered', answer))
  await work.tell('LCEmailStats', mailStats(outgoing, work, fate.event, answer))
}

const tellProvider = (work: Work, outgoing: Outgoing, { provider, install }: Way & { kind: 'provider' }) => {
  const { appId, installId } = install
  return work.tell('ProviderOutboundMessage', providerBody(outgoing, work.locationId, provider), { appId, installId })
}

/** Tells of a message that goes this way whoever is to carry it, or hears what became of it; its row is written in the same transaction. */
export const tellWay = async (work: Work, way: Way, outgoing: Outgoing, standing: HandedOver) => {
  if (way.kind === 'provider') await tellProvider(work, outgoing, way)
  if (way.kind === 'outbox') await tellFate(work, outgoing, standing)
}

/** What is put into the queue of the mail server, if the way leads there. */
export const mailTo = (work: Work, way: Way, { messageId, emailId, contactId }: Outgoing): Send | undefined =>
  way.kind !== 'smtp' || !emailId || contactId === null
    ? undefined
    : { locationId: work.locationId, messageId, emailId, contactId, stage: 'smtp', attempts: 0, dueAt: work.now }

/** Does what the way asks for, in the transaction of the work; the message's row is there already. */
export const handOver = async (work: Work, way: Way, outgoing: Outgoing, standing: HandedOver, wakeMail: () => void) => {
  await tellWay(work, way, outgoing, standing)
  const mail = mailTo(work, way, outgoing)
  if (!mail) return
  await sendsOf(work.db).add(mail)
  work.afterCommit(wakeMail)
}
