import type { Input } from '@groundlevel/contract-kit'
import { contacts } from '@groundlevel/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { call, useAsk } from '../../api.js'

export type Change = NonNullable<Input<typeof contacts.contact.update>['body']>

/** The contact that the address names. */
export const useContact = () => {
  const { contactId = '' } = useParams()
  return useAsk(contacts.contact.get, { contactId }, { enabled: contactId !== '' })
}

/** Writes some fields of a contact; what is on the screen is then asked for again. */
export const useChange = (contactId: string) => {
  const cache = useQueryClient()
  return async (body: Change): Promise<void> => {
    await call(contacts.contact.update, { contactId, body })
    await cache.invalidateQueries()
  }
}
