import type { SeedContact as DemoContact } from '../../crm/contacts/index.js'
import type { SeedConversation, SeedMessage } from '../../crm/conversations/index.js'
import { createRandom, type Random } from './random.js'

const minuteMs = 60_000
const ourNumber = '+13125550100'
const ourAddress = 'hello@harbor-dental.example'

type Line = readonly ['in' | 'out', string, subject?: string]

/** What people write to each other; `{name}` is the contact's first name. */
const talks: readonly (readonly Line[])[] = [
  [
    ['in', 'Hi, do you have anything free on Thursday?'],
    ['out', 'Hello {name}, yes: 10:30 or 15:00. Which one suits you?'],
    ['in', '15:00 please'],
    ['out', 'Done. See you on Thursday, {name}!'],
  ],
  [
    ['out', '<p>Dear {name},</p><p>here is the offer we talked about.</p>', 'Your offer'],
    ['in', '<p>Thank you, I will look at it tonight.</p>', 'Re: Your offer'],
  ],
  [
    ['out', 'Hi {name}, a short reminder: your appointment is tomorrow at 9:00.'],
    ['in', 'Thanks! Can I bring my son along?'],
  ],
  [
    ['in', 'What does a first visit cost?'],
    ['out', 'The first visit is free, {name}. Shall I book you in?'],
    ['in', 'Yes please, any morning next week'],
  ],
  [['out', '<p>Hello {name},</p><p>how was your visit? We would love to hear from you.</p>', 'How was it?']],
  [
    ['in', 'I am running ten minutes late, sorry!'],
    ['out', 'No problem, drive safely.'],
  ],
]

const messagesOf = (random: Random, contact: DemoContact, now: Date): SeedMessage[] => {
  const lines = random.pick(talks)
  const firstAt = now.getTime() - (30 + random.below(20 * 24 * 60)) * minuteMs
  return lines.map(([side, text, subject], index) => {
    const mail = subject !== undefined
    const [us, them] = mail ? [ourAddress, contact.email] : [ourNumber, contact.phone]
    return {
      direction: side === 'in' ? 'inbound' : 'outbound',
      at: new Date(firstAt + index * 4 * minuteMs),
      body: text.replaceAll('{name}', contact.firstName),
      ...(mail ? { subject } : {}),
      from: side === 'in' ? them : us,
      to: side === 'in' ? us : them,
      userId: side === 'in' ? null : contact.assignedTo,
    }
  })
}

/** Conversations with every fourth contact; whoever wrote last may still be waiting for an answer. */
export const demoConversations = (contacts: readonly DemoContact[], now: Date): SeedConversation[] => {
  const random = createRandom(7_919)
  return contacts
    .filter((_contact, index) => index % 4 === 0)
    .map((contact) => {
      const messages = messagesOf(random, contact, now)
      const waiting = messages.at(-1)?.direction === 'inbound' && random.chance(0.6)
      return { contactId: contact.id, messages, unreadCount: waiting ? 1 : 0, starred: random.chance(0.15) }
    })
}
