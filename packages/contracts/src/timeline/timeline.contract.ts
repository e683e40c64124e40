import { apiModule, cursor, GET, POST, t } from '@groundlevel/contract-kit'

const timeline = apiModule({ name: 'timeline', auth: 'session', because: 'a developer sees what their own apps did' })

/** One row of the timeline. Rows with one `traceId` belong together: call → event → delivery. */
export const TimelineRow = t.Object({
  id: t.String(),
  kind: t.Enum(['call', 'event', 'delivery', 'install', 'token']),
  at: t.DateTime(),
  traceId: t.Nullable(t.String()),
  appId: t.Nullable(t.String()),
  companyId: t.Nullable(t.String()),
  locationId: t.Nullable(t.String()),
  /** `POST /contacts/`, `ContactCreate`, `ContactCreate → host/path`, `installed`, `refreshed`. */
  title: t.String(),
  /** HTTP status of a call or of the last attempt; null where none. */
  status: t.Nullable(t.Integer()),
  /** `ok`, `failed`, `waiting`. */
  outcome: t.Enum(['ok', 'failed', 'waiting']),
  durationMs: t.Nullable(t.Number()),
  /** The true cause of a refusal, in a developer's words; '' when there is none. */
  why: t.String(),
})

const Exchange = t.Object({
  method: t.Optional(t.String()),
  url: t.Optional(t.String()),
  requestHeaders: t.Open(),
  requestBody: t.Nullable(t.String()),
  status: t.Nullable(t.Integer()),
  responseHeaders: t.Open(),
  responseBody: t.Nullable(t.String()),
})

const Attempt = t.Object({
  number: t.Integer(),
  startedAt: t.DateTime(),
  durationMs: t.Number(),
  status: t.Nullable(t.Integer()),
  /** Empty on success, else `refused`, `dns`, `tls`, `timeout`, `reset`, `redirect`, `status`, `blocked`, `too-large`. */
  errorClass: t.String(),
  error: t.String(),
  exchange: Exchange,
})

export const rows = timeline.resource('rows', '/_ground/timeline', {
  list: GET('', {
    id: 'timeline-list',
    summary: 'What my apps did and what was sent to them, newest first',
    query: t.Object({
      appId: t.Optional(t.String()),
      locationId: t.Optional(t.String()),
      kind: t.Optional(t.Enum(['call', 'event', 'delivery', 'install', 'token'])),
      outcome: t.Optional(t.Enum(['ok', 'failed', 'waiting'])),
      traceId: t.Optional(t.String()),
      query: t.Optional(t.String({ maxLength: 75 })),
      cursor: t.Optional(t.String()),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 200 }), 50),
    }),
    reply: t.Object({ rows: t.Array(TimelineRow), nextCursor: t.Nullable(t.String()) }),
    page: cursor('rows'),
  }),
  get: GET('/:kind/:id', {
    id: 'timeline-get',
    summary: 'One row with its request and response, attempts and related rows',
    reply: t.Object({
      row: TimelineRow,
      exchange: t.Nullable(Exchange),
      payload: t.Nullable(t.String()),
      attempts: t.Array(Attempt),
      related: t.Array(TimelineRow),
    }),
  }),
})

export const deliveries = timeline.resource('deliveries', '/_ground/deliveries', {
  resend: POST('/:deliveryId/resend', {
    id: 'delivery-resend',
    summary: 'Send a delivery once more: same body and webhookId, a new timestamp and signature',
    status: 201,
    reply: t.Object({ deliveryId: t.String() }),
  }),
})
