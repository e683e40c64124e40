import type { EventType, Payload } from '@groundlevel/contract-kit'
import * as businessEvents from './businesses/events.js'
import * as calendarEvents from './calendars/events.js'
import * as contactEvents from './contacts/events.js'
import * as conversationEvents from './conversations/events.js'
import * as formEvents from './forms/events.js'
import * as locationEvents from './locations/events.js'
import * as marketplaceEvents from './marketplace/events.js'
import * as opportunityEvents from './opportunities/events.js'
import * as paymentEvents from './payments/events.js'
import * as productEvents from './products/events.js'
import * as surveyEvents from './surveys/events.js'
import * as userEvents from './users/events.js'
import * as workflowEvents from './workflows/events.js'

const all = {
  ...businessEvents,
  ...calendarEvents,
  ...contactEvents,
  ...conversationEvents,
  ...formEvents,
  ...locationEvents,
  ...marketplaceEvents,
  ...opportunityEvents,
  ...paymentEvents,
  ...productEvents,
  ...surveyEvents,
  ...userEvents,
  ...workflowEvents,
}

type All = typeof all

/** Every event name that something emits. */
export type EventName = keyof All

/** The body of an event without its envelope. */
export type EventPayload<N extends EventName> = Payload<All[N]>

/** Every event that apps can receive, by its name on the wire. */
export const events: Readonly<Record<EventName, EventType>> = all
