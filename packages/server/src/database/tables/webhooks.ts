import type { Generated, GeneratedAlways } from 'kysely'

interface EventsTable {
  id: string
  seq: GeneratedAlways<number>
  type: string
  companyId: string | null
  locationId: string | null
  appId: string | null
  installId: string | null
  test: Generated<boolean>
  payload: string
  depth: Generated<number>
  traceId: string | null
  dateAdded: Date
  fannedOutAt: Date | null
}

interface DeliveriesTable {
  id: string
  eventId: string
  appId: string
  versionId: string
  installId: string | null
  type: string
  test: boolean
  companyId: string | null
  locationId: string | null
  url: string
  webhookId: string
  body: string
  state: 'waiting' | 'succeeded' | 'dead' | 'cancelled'
  manual: Generated<boolean>
  attempts: Generated<number>
  lastStatus: number | null
  lastError: string | null
  lastDurationMs: number | null
  runAt: Date
  leaseUntil: Date | null
  leaseOwner: string | null
  traceId: string | null
  dateAdded: Date
  finishedAt: Date | null
}

interface EventSkipsTable {
  eventId: string
  appId: string
  dateAdded: Date
  why: string
}

interface AttemptsTable {
  id: string
  deliveryId: string
  number: number
  startedAt: Date
  durationMs: number
  status: number | null
  errorClass: string
  error: string
  requestHeaders: unknown
  responseHeaders: unknown
  responseBody: string | null
}

export interface WebhooksTables {
  events: EventsTable
  deliveries: DeliveriesTable
  eventSkips: EventSkipsTable
  attempts: AttemptsTable
}
