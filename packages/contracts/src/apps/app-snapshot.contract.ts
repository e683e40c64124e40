import { DELETE, GET, PUT, t } from '@groundlevel/contract-kit'
import { apps } from './module.js'

const AppSnapshot = t.Object({
  shareId: t.String(),
  shareLink: t.String(),
  /** The link leads nowhere any more, so that the app brings nothing. */
  gone: t.Boolean(),
  name: t.String(),
  /** The agency that shares it. */
  sharedBy: t.String(),
  /** How many assets of each kind. */
  counts: t.Open(),
})

const reply = t.Object({ snapshot: t.Nullable(AppSnapshot) })

export const appSnapshot = apps.resource('snapshot', '/_ground/apps/:appId/snapshot', {
  get: GET('', { id: 'app-snapshot-get', summary: 'What the app brings to each sub-account that it is installed in', reply }),
  put: PUT('', {
    id: 'app-snapshot-put',
    summary: 'Let the app bring what a permanent share link leads to; fixed once it is installed anywhere',
    /** The link, or the id in it. */
    body: t.Object({ shareLink: t.String({ minLength: 1, maxLength: 2000 }) }),
    reply,
  }),
  remove: DELETE('', {
    id: 'app-snapshot-delete',
    summary: 'Let the app bring nothing from now on; what it has brought stays',
    reply: t.Object({ succeeded: t.Boolean() }),
  }),
})
