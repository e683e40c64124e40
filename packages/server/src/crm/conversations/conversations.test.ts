import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TalkWorld, talkWorld } from '../../testing/talk-world.js'

let on: TalkWorld

beforeAll(async () => {
  on = await talkWorld()
})
afterAll(() => on?.close())

const call: TalkWorld['call'] = (method, path, options = {}) => on.call(method, path, { token: on.token(), ...options })
const foreign = () => on.token({ locationId: on.otherLocationId })
const search = async (query = '', token = on.token()) => {
  const { status, body } = await call('GET', `/conversations/search?locationId=${on.locationId}${query}`, { token })
  expect(status).toBe(200)
  return body
}
const pit = () => on.token({ source: 'pit' })
const inbound = async (contactId: string, message = 'hello', more: object = {}) =>
  (await call('POST', '/conversations/messages/inbound', { token: pit(), body: { type: 'SMS', contactId, message, ...more } }))
    .body

describe('a conversation', () => {
  test('is opened once a contact, and answered in the documented forms', async () => {
    const contact = await on.contact()
    const body = { locationId: on.locationId, contactId: contact.id }
    const made = await call('POST', '/conversations/', { body })
    expect(made.status).toBe(201)
    const { id } = made.body.conversation
    expect(made.body).toMatchObject({
      success: true,
      conversation: { id: expect.stringMatching(/^[A-Za-z0-9]{20}$/), contactId: contact.id, deleted: false },
    })
    expect(await call('POST', '/conversations/', { body })).toMatchObject({ status: 400, body: { conversationId: id } })
    const read = (await call('GET', `/conversations/${id}`)).body
    expect(read).toEqual({
      id,
      contactId: contact.id,
      locationId: on.locationId,
      deleted: false,
      inbox: true,
      type: 1,
      unreadCount: 0,
      starred: false,
      traceId: expect.any(String),
    })
  })

  test('shows its last message: a number and seconds alone, a name and milliseconds in the search', async () => {
    const contact = await on.contact({ firstName: 'Grace', lastName: 'Hopper' })
    const { conversationId: id } = await inbound(contact.id, 'Is anybody there?')
    const read = (await call('GET', `/conversations/${id}`)).body
    expect(read).toMatchObject({ lastMessageType: 2, lastMessageBody: 'Is anybody there?', unreadCount: 1 })
    expect(read.lastMessageDate).toEqual({ seconds: expect.any(Number), nanoseconds: expect.any(Number) })
    const [hit] = (await search(`&contactId=${contact.id}`)).conversations
    expect(hit).toMatchObject({
      id,
      fullName: 'Grace Hopper',
      type: 'TYPE_PHONE',
      lastMessageType: 'TYPE_SMS',
      lastMessageDirection: 'inbound',
      assignedTo: null,
      unreadCount: 1,
    })
    expect(hit.sort).toEqual([hit.lastMessageDate])
    expect(hit.lastMessageDate).toBe(read.lastMessageDate.seconds * 1000 + read.lastMessageDate.nanoseconds / 1e6)
  })

  test('is read, starred and taken out of the inbox, and tells of it only when something changed', async () => {
    const contact = await on.contact()
    const { conversationId: id } = await inbound(contact.id)
    const from = on.events.length
    const put = (change: object) => call('PUT', `/conversations/${id}`, { body: { locationId: on.locationId, ...change } })
    const { body } = await put({ unreadCount: 0, starred: true })
    expect(body).toMatchObject({
      success: true,
      conversation: {
        id,
        unreadCount: 0,
        starred: true,
        lastMessageType: 2,
        lastMessageDate: expect.stringMatching(/Z$/),
      },
    })
    await put({ starred: true, feedback: { rating: 'good' } })
    expect(on.told(from).map(({ type, payload }) => [type, payload])).toEqual([
      ['ConversationUnreadUpdate', { id, contactId: contact.id, deleted: false, inbox: true, starred: true, unreadCount: 0 }],
    ])
    expect((await search('&status=starred')).conversations.map((each: { id: string }) => each.id)).toContain(id)
    expect((await search(`&status=unread&id=${id}`)).total).toBe(0)
  })

  test('is deleted with its messages', async () => {
    const contact = await on.contact()
    const { conversationId: id, messageId } = await inbound(contact.id)
    expect((await call('DELETE', `/conversations/${id}`)).body).toMatchObject({ success: true })
    for (const path of [`/conversations/${id}`, `/conversations/${id}/messages`]) {
      expect(await call('GET', path)).toMatchObject({ status: 400, body: { message: 'Conversation not found' } })
    }
    expect((await call('GET', `/conversations/messages/${messageId}`)).body.message).toBe('Message not found')
    expect(on.told().at(-1)).toMatchObject({ type: 'ConversationUnreadUpdate', payload: { id, deleted: true } })
  })

  test('of another location is not there', async () => {
    const contact = await on.contact()
    const { conversationId: id, messageId } = await inbound(contact.id)
    const token = foreign()
    const body = { locationId: on.otherLocationId }
    const asked = [
      call('GET', `/conversations/${id}`, { token }),
      call('PUT', `/conversations/${id}`, { token, body }),
      call('DELETE', `/conversations/${id}`, { token }),
      call('GET', `/conversations/${id}/messages`, { token }),
      call('GET', `/conversations/messages/${messageId}`, { token }),
      call('DELETE', `/conversations/messages/${messageId}/schedule`, { token }),
      on.send({ type: 'SMS', contactId: contact.id, message: 'x' }, token),
      call('POST', '/conversations/', { token, body: { ...body, contactId: contact.id } }),
    ]
    for (const { status } of await Promise.all(asked)) expect(status).toBe(400)
    const { body: found } = await call('GET', `/conversations/search?locationId=${on.otherLocationId}`, { token })
    expect(found).toMatchObject({ conversations: [], total: 0 })
  })

  test('is one, however many messages come at once', async () => {
    const contact = await on.contact()
    const replies = await Promise.all(Array.from({ length: 12 }, (_, at) => inbound(contact.id, `${at}`)))
    expect(new Set(replies.map(({ conversationId }) => conversationId)).size).toBe(1)
    const [hit] = (await search(`&contactId=${contact.id}`)).conversations
    expect(hit.unreadCount).toBe(12)
  })
})

describe('the search', () => {
  test('pages by the sort value without losing or repeating any, in both directions', async () => {
    const at = new Date('2020-01-01T00:00:00.000Z').getTime()
    const tag = 'Paging'
    for (let index = 0; index < 7; index++) {
      const { id } = await on.contact({ firstName: tag })
      // Two of a kind: the page that begins one shows the other too.
      await inbound(id, 'x', { date: new Date(at + Math.floor(index / 2) * 1000).toISOString() })
    }
    await on.db
      .updateTable('conversations')
      .set((eb) => ({ lastMessageDate: eb.ref('lastMessageDate') }))
      .execute()
    for (const sort of ['desc', 'asc']) {
      const seen: string[] = []
      let after = ''
      for (let page = 0; page < 7; page++) {
        const { conversations, total } = await search(`&query=${tag}&limit=2&sort=${sort}${after}`)
        expect(total).toBe(7)
        if (conversations.length === 0) break
        seen.push(...conversations.map(({ id }: { id: string }) => id))
        after = `&startAfterDate=${conversations.at(-1).sort[0]}`
      }
      expect(seen).toHaveLength(7)
      expect(new Set(seen).size).toBe(7)
    }
  })

  test('finds by person, direction, type, action and date, and nothing by a score that nobody has', async () => {
    const contact = await on.contact({ firstName: 'Quirinus' })
    await inbound(contact.id, 'first')
    await on.send({ type: 'SMS', contactId: contact.id, message: 'second' })
    const count = async (query: string) => (await search(`&query=quirinus${query}`)).total
    expect(await count('&assignedTo=unassigned')).toBe(1)
    expect(await count('&assignedTo=nobody')).toBe(0)
    expect(await count('&followers=nobody')).toBe(0)
    expect(await count('&mentions=nobody')).toBe(0)
    expect(await count('&lastMessageDirection=outbound&lastMessageType=TYPE_SMS&lastMessageAction=manual')).toBe(1)
    expect(await count('&lastMessageDirection=inbound')).toBe(0)
    expect(await count('&status=recents&sortBy=last_manual_message_date')).toBe(1)
    const now = on.clock.now().getTime()
    expect(await count(`&startDate=${now - 60_000}&endDate=${now + 60_000}`)).toBe(1)
    expect(await count(`&startDate=${now + 60_000}`)).toBe(0)
    expect(await count('&scoreProfile=a&scoreProfileMin=1')).toBe(0)
    expect(await count('&sortBy=score_profile')).toBe(1)
    for (const start of ['x', '-8000000000000000', '8640000000000001'])
      expect((await call('GET', `/conversations/search?locationId=${on.locationId}&startAfterDate=${start}`)).status).toBe(400)
    expect((await search('&startDate=8640000000000000&endDate=8640000000000000')).conversations).toEqual([])
  })
})
