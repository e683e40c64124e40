import { GET, limitOffset, t } from '@groundlevel/contract-kit'
import { emails } from './module.js'

/** An e-mail campaign in the form of its list. */
export const EmailSchedule = t.Object({
  name: t.String(),
  repeatAfter: t.String(),
  id: t.String(),
  parentId: t.String(),
  childCount: t.Integer(),
  campaignType: t.String(),
  bulkActionVersion: t.String(),
  _id: t.String(),
  status: t.String(),
  sendDays: t.Array(t.String()),
  deleted: t.Boolean(),
  migrated: t.Boolean(),
  archived: t.Boolean(),
  hasTracking: t.Boolean(),
  isPlainText: t.Boolean(),
  hasUtmTracking: t.Boolean(),
  enableResendToUnopened: t.Boolean(),
  locationId: t.String(),
  templateId: t.String(),
  templateType: t.String(),
  createdAt: t.DateTime(),
  updatedAt: t.DateTime(),
  __v: t.Integer(),
  documentId: t.String(),
  downloadUrl: t.String(),
  templateDataDownloadUrl: t.String(),
  child: t.Array(t.String()),
})

const flag = t.Default(t.Boolean(), false)

export const schedule = emails.resource('schedule', '/emails/schedule', {
  list: GET('', {
    id: 'fetch-campaigns',
    summary: 'E-mail campaigns of a sub-account, newest first',
    on: 'dated',
    scope: 'emails/schedule',
    tenant: 'query',
    query: t.Object({
      locationId: t.String(),
      limit: t.Default(t.Integer({ minimum: 1, maximum: 100 }), 10),
      offset: t.Default(t.Integer({ minimum: 0, maximum: 1_000_000 }), 0),
      status: t.Optional(t.Enum(['active', 'pause', 'complete', 'cancelled', 'retry', 'draft', 'resend-scheduled'])),
      emailStatus: t.Optional(
        t.Enum([
          'all',
          'not-started',
          'paused',
          'cancelled',
          'processing',
          'resumed',
          'next-drip',
          'complete',
          'success',
          'error',
          'waiting',
          'queued',
          'queueing',
          'reading',
          'scheduled',
        ]),
      ),
      name: t.Optional(t.String({ maxLength: 200 })),
      parentId: t.Optional(t.String({ maxLength: 100 })),
      limitedFields: flag,
      archived: flag,
      campaignsOnly: flag,
      showStats: t.Default(t.Boolean(), true),
    }),
    /** `total` is a list in the document. */
    reply: t.Object({ schedules: t.Array(EmailSchedule), total: t.Array(t.String()) }),
    page: limitOffset('schedules', 10),
  }),
})
