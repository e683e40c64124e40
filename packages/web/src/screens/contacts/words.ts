import type { Reply } from '@groundlevel/contract-kit'
import { type contacts, locations, users } from '@groundlevel/contracts'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useAsk } from '../../api.js'

export type Hit = Reply<typeof contacts.search.advanced>['contacts'][number]
export type Contact = Reply<typeof contacts.contact.get>['contact']
export type CustomField = Reply<typeof locations.customFields.list>['customFields'][number]
export type User = Reply<typeof users.user.list>['users'][number]

export { nameOf } from './contact-name.js'

export const useLocationId = () => useParams().locationId ?? ''

/** Users of the sub-account, and their names by id. */
export const useUsers = (): { readonly users: readonly User[]; nameOfUser: (id: string) => string } => {
  const locationId = useLocationId()
  const found = useAsk(users.user.list, { query: { locationId } })
  const rows = found.data?.users
  return useMemo(() => {
    const names = new Map((rows ?? []).map((user) => [user.id ?? '', user.name ?? '']))
    return { users: rows ?? [], nameOfUser: (id: string) => names.get(id) ?? id }
  }, [rows])
}

/** The definitions of an object's custom fields, in their order. */
export const useCustomFields = (model: 'contact' | 'opportunity' = 'contact') => {
  const locationId = useLocationId()
  const found = useAsk(locations.customFields.list, { locationId, query: { model } })
  const fields = (found.data?.customFields ?? []).filter(({ documentType, standard }) => documentType !== 'folder' && !standard)
  return { fields, pending: found.isPending }
}

/** The value of a custom field as a line of text. */
export const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ')
  if (typeof value === 'object') return Object.values(value).map(textOf).filter(Boolean).join(', ')
  return String(value)
}

export const valueOfField = (
  contact: { readonly customFields?: readonly { readonly id: string; readonly value: unknown }[] | null },
  id: string,
): unknown => contact.customFields?.find((field) => field.id === id)?.value
