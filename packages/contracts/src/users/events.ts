import { event, t } from '@groundlevel/contract-kit'
import { Permissions } from './permissions.js'

/** A user of a sub-account is told apart by the envelope's `locationId`, one of the agency by `companyId` and `locations`. */
const payload = t.Object({
  companyId: t.Optional(t.String()),
  id: t.String(),
  firstName: t.String(),
  lastName: t.String(),
  email: t.String(),
  phone: t.Optional(t.String()),
  extension: t.Optional(t.String()),
  role: t.String(),
  permissions: Permissions,
  locations: t.Optional(t.Array(t.String())),
})

const userEvent = <const N extends string>(type: N, summary: string) => event(type, { scope: 'users.readonly', payload, summary })

export const UserCreate = userEvent('UserCreate', 'A user was created')
export const UserUpdate = userEvent('UserUpdate', 'A user changed')
export const UserDelete = userEvent('UserDelete', 'A user was deleted')
