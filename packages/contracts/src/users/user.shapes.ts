import { t } from '@groundlevel/contract-kit'
import { Permissions } from './permissions.js'
import { userScopes } from './user-scopes.js'

const languages = ['en_US', 'es', 'fr_CA', 'fr_FR', 'nl', 'de', 'pt_PT', 'pt_BR', 'it', 'sv', 'da', 'fi', 'no'] as const

export const UserType = t.Enum(['account', 'agency'])
export const UserRole = t.Enum(['admin', 'user'])

const Roles = t.Object({
  type: UserType,
  role: UserRole,
  locationIds: t.Array(t.String()),
  /** True for somebody of the agency who reaches only the sub-accounts of the list. */
  restrictSubAccount: t.Boolean(),
})

/** A user as the wire has it; `scopes` is an array (live facts). */
export const User = t.Object({
  id: t.String(),
  name: t.String(),
  firstName: t.String(),
  lastName: t.String(),
  email: t.String(),
  phone: t.Optional(t.String()),
  extension: t.Optional(t.String()),
  permissions: Permissions,
  scopes: t.Array(t.String()),
  roles: Roles,
  deleted: t.Boolean(),
  lcPhone: t.Optional(t.Open()),
  platformLanguage: t.Optional(t.String()),
})

const Scopes = t.Array(t.Enum(userScopes), { maxItems: 500 })
const LocationIds = t.Array(t.String({ minLength: 1, maxLength: 64 }), { maxItems: 10_000 })

const optional = {
  phone: t.Optional(t.Nullable(t.String({ maxLength: 64 }))),
  extension: t.Optional(t.Nullable(t.String({ maxLength: 40 }))),
  permissions: t.Optional(Permissions),
  scopes: t.Optional(Scopes),
  scopesAssignedToOnly: t.Optional(Scopes),
  profilePhoto: t.Optional(t.Nullable(t.Url({ maxLength: 2000 }))),
  /** By sub-account; replaces what was there. */
  twilioPhone: t.Optional(t.Open()),
  platformLanguage: t.Optional(t.Enum(languages)),
}

const required = {
  firstName: t.String({ minLength: 1, maxLength: 200 }),
  lastName: t.String({ minLength: 1, maxLength: 200 }),
  email: t.Email({ maxLength: 320 }),
  /** Empty: the user cannot sign in to the portal until one is set. Otherwise eight characters at least. */
  password: t.String({ maxLength: 1024 }),
  type: UserType,
  role: UserRole,
  locationIds: LocationIds,
}

export const UserCreateBody = t.Object({ companyId: t.String(), ...required, ...optional })

export const UserUpdateBody = t.Partial(t.Object({ companyId: t.String(), ...required, ...optional }))
