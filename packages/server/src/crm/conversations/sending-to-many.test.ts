import { WireError } from '@groundlevel/contract-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'
import { takeContacts } from '../contacts/index.js'
import type { MessageToSend, SentMessage } from './index.js'

let on: TalkWorld
beforeAll(async () => {
  on = await talkWorld()
})
afterAll(() => on?.close())

type Message = Pick<MessageToSend, 'type' | 'message' | 'html' | 'subject' | 'templateId' | 'emailFrom' | 'attachments'>

/** People of every kind that sending treats differently. */
const kinds = [
  { firstName: 'Ada', companyName: '<b>Co</b>' },
  { firstName: 'Nell', dnd: true },
  { firstName: 'Sam', dndSettings: { SMS: { status: 'active' }, Email: { status: 'inactive' } } },
  { firstName: 'Mia', dndSettings: { Email: { status: 'permanent' } } },
  { firstName: 'Nophone', phone: undefined },
  { firstName: 'Nomail', email: undefined },
  { firstName: 'Bounce', email: 'bounce@mail.example' },
]

const people = async () => {
  const made = []
  for (const kind of kinds)
    made.push(
      await on.contact(
        'email' in kind && kind.email ? { ...kind, email: `b${made.length}${Math.random()}@bounce.example` } : kind,
      ),
    )
  const gone = await on.contact({ firstName: 'Gone', email: `gone${Math.random()}@mail.example` })
  await on.db
    .insertInto('emailPreferences')
    .values({
      locationId: on.locationId,
      contactId: gone.id,
      email: (await emailOf(gone.id)) ?? '',
      ...{ subtypeId: 'One on One', status: 'unsubscribed', legalReason: null, legalDescription: null, changedBy: null },
      dateUpdated: on.clock.now(),
    })
    .execute()
  return [...made, gone].map(({ id }) => id)
}

const emailOf = async (id: string) =>
  (await on.db.selectFrom('contacts').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email

type Came = SentMessage | WireError

const alone = async (message: Message, ids: readonly string[]): Promise<Came[]> => {
  const came: Came[] = []
  for (const contactId of ids) came.push(await on.sendMessage({ ...message, contactId }).catch((error: Came) => error))
  return came
}

const together = async (message: Message, ids: readonly string[]): Promise<Came[]> => {
  const came = await on.db.transaction().execute(async (db) => {
    const contacts = await takeContacts(db, on.locationId, ids)
    const { companyId, locationId } = on
    const tell: Parameters<typeof on.talk.sendToMany>[0]['tell'] = async (type, record, about) => {
      const payloadText = 'text' in record ? String(record.text) : JSON.stringify(record)
      await on.ports.addEvent(db, { type, companyId, locationId, ...about, payloadText, traceId: null, now: on.clock.now() })
    }
    return on.talk.sendToMany({ db, locationId, now: on.clock.now(), tell, source: 'workflow' }, message, contacts)
  })
  return ids.map((id) => came.get(id) as Came)
}

/** Ids, and what differs from one person to the next, by what they are. */
const blank = (value: unknown, ids: readonly string[]) =>
  JSON.parse(
    ids
      .reduce((text, id, at) => text.replaceAll(id, `person ${at}`), JSON.stringify(value ?? null))
      .replace(
        /"(id|messageId|conversationId|emailMessageId|threadId|message-id|timestamp|lastMessageId)":("[^"]*"|\d+)/g,
        '"$1":""',
      )
      .replace(/"messageIds":\["[^"]*"\]/g, '"messageIds":[]')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
      .replace(/[\w.]+@[\w.]+/g, '@')
      .replace(/\+1415555\d+/g, '+'),
  )

const stored = async (ids: readonly string[]) => {
  const rows = []
  for (const contactId of ids) {
    const mine = { locationId: on.locationId, contactId }
    const messages = await on.db
      .selectFrom('messages')
      .selectAll()
      .where((eb) => eb.and(mine))
      .execute()
    const emails = await on.db
      .selectFrom('emails')
      .selectAll()
      .where((eb) => eb.and(mine))
      .execute()
    const conversations = await on.db
      .selectFrom('conversations')
      .selectAll()
      .where((eb) => eb.and(mine))
      .execute()
    rows.push({ messages, emails, conversations })
  }
  return rows
}

const toldOf = (from: number, ids: readonly string[]) =>
  ids.map((id) => {
    const mine = on.told(from).filter(({ event }) => event.payloadText.includes(id))
    return mine.map(({ type, payload, event }) => ({ type, payload, installed: 'installId' in event }))
  })

const said = (came: readonly Came[]) =>
  came.map((each) =>
    each instanceof WireError
      ? String(each.body.message).replace(/\S+@\S+/, '@')
      : [each.status, each.msg, Boolean(each.emailMessageId)],
  )

const messages: readonly (readonly [string, Message])[] = [
  ['an SMS', { type: 'SMS', message: 'Hi {{contact.first_name}} {{contact.phone}}' }],
  ['an e-mail', { type: 'Email', html: '<p>{{contact.company_name}}</p>', subject: 'For {{contact.first_name}}' }],
  ['an e-mail that is text', { type: 'Email', message: 'Hi', subject: 'S', emailFrom: 'Us <us@mail.example>' }],
  ['nothing for those who have no company', { type: 'SMS', message: '{{contact.company_name}}' }],
  ['a template that is not there', { type: 'SMS', templateId: 'none' }],
]

test.each(messages)('%s to many is what it is to one: rows, events, refusals', async (_, message) => {
  const [one, many] = [await people(), await people()]
  const from = on.told().length
  const came = [await alone(message, one), message.templateId ? [] : await together(message, many)]
  if (message.templateId) {
    await expect(together(message, many)).rejects.toMatchObject({ status: 400 })
    return
  }
  expect(said(came[1] ?? [])).toEqual(said(came[0] ?? []))
  expect(blank(await stored(many), many)).toEqual(blank(await stored(one), one))
  expect(blank(toldOf(from, many), many)).toEqual(blank(toldOf(from, one), one))
  expect(new Set(said(came[1] ?? []).map(String)).size).toBeGreaterThan(1)
})

test('a provider takes those of all, each told to it alone', async () => {
  const provider = await on.provider()
  await on.db
    .insertInto('conversationProviderDefaults')
    .values({ locationId: on.locationId, channel: 'SMS', providerId: provider.id })
    .execute()
  const [one, many] = [await people(), await people()]
  const from = on.told().length
  const message = { type: 'SMS', message: 'By provider' }
  const came = [await alone(message, one), await together(message, many)]
  await on.db.deleteFrom('conversationProviderDefaults').execute()
  expect(said(came[1] ?? [])).toEqual(said(came[0] ?? []))
  expect(blank(await stored(many), many)).toEqual(blank(await stored(one), one))
  const told = blank(toldOf(from, many), many)
  expect(told).toEqual(blank(toldOf(from, one), one))
  expect(told[0]).toMatchObject([
    { type: 'ProviderOutboundMessage', installed: true, payload: { message: 'By provider' } },
    { type: 'OutboundMessage', installed: false },
  ])
})

test('a conversation that shows something newer keeps it', async () => {
  const contact = await on.contact()
  await together({ type: 'SMS', message: 'first' }, [contact.id])
  const later = new Date(on.clock.now().getTime() + 60_000)
  await on.db
    .updateTable('conversations')
    .set({ lastMessageDate: later, lastMessageBody: 'newer', unreadCount: 2 })
    .where('contactId', '=', contact.id)
    .execute()
  await together({ type: 'SMS', message: 'second' }, [contact.id])
  const held = await on.db.selectFrom('conversations').selectAll().where('contactId', '=', contact.id).executeTakeFirstOrThrow()
  expect([held.lastMessageBody, held.unreadCount]).toEqual(['newer', 2])
})
