import type { Operation } from '@groundlevel/contract-kit'
import type { Asker } from './requests.js'

/** What a contract does not say of a request that succeeds. */
interface Hint {
  readonly params?: Record<string, string>
  readonly query?: Record<string, unknown>
  readonly body?: Record<string, unknown>
}

let made = 0

/**
 * Requests that the shapes alone do not give: of two fields one, a value with a grammar of its own. By key of the operation;
 * an operation that is not here is asked as its contract says.
 */
const hints: Readonly<Record<string, (asker: Asker) => Hint>> = {
  'contacts.search.advanced': ({ tenant }) => ({
    body: { locationId: tenant.locationId, pageLimit: 5, filters: [], searchAfter: undefined, sort: undefined },
  }),
  'contacts.search.duplicate': () => ({ query: { email: 'nobody@example.com' } }),
  'customFields.fields.create': ({ tenant }) => ({
    body: { objectKey: 'contact', fieldKey: `contact.${tenant.name}${++made}`, name: `${tenant.name} ${made}` },
  }),
  'customFields.fields.list': () => ({ params: { objectKey: 'contact' } }),
  'customFields.folders.create': () => ({ body: { objectKey: 'contact' } }),
  'users.user.get': ({ tenant }) => ({ params: { userId: tenant.userId } }),
}

const none: Hint = {}

export const hintOf = ({ key }: Operation, asker: Asker): Hint => hints[key]?.(asker) ?? none
