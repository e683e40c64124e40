import { api } from '@groundlevel/contracts'
import type { Blobs } from '../../blobs/index.js'
import { type Implementation, implement } from '../../http/implement.js'
import { builderHandlers } from './builder.handlers.js'
import { emailSchedulesOf } from './schedules.sql.js'

export { emailTemplateAssets } from './assets.sql.js'
export { builderTexts } from './texts.sql.js'

/** The e-mail builder's templates, and the list of e-mail campaigns. */
export const emailsModule = (parts: { blobs: Blobs; publicUrl(): string }): readonly Implementation[] => [
  ...builderHandlers(parts),
  ...implement(api.emails.schedule, ({ db, locationId }) => ({ schedules: emailSchedulesOf(db, locationId) }), {
    list: async ({ query: { locationId: _, limitedFields: __, showStats: ___, ...filter } }, { schedules }) =>
      schedules.list(filter),
  }),
]
