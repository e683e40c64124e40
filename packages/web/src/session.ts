import type { Reply } from '@groundlevel/contract-kit'
import { account } from '@groundlevel/contracts'
import { useAsk } from './api.js'

export type Session = Reply<typeof account.session.get>
export type Account = NonNullable<Session['account']>
export type Place = Account['places'][number]
export type Role = Place['role']

/** Who is signed in, and whether this is a local start. */
export const useSession = () => useAsk(account.session.get, {})

/** The roles in the words of the interface. */
export const roleNames: Readonly<Record<Role, string>> = {
  developer: 'Developer',
  'agency-owner': 'Agency owner',
  'agency-admin': 'Agency admin',
  'location-admin': 'Sub-account admin',
  'location-user': 'Sub-account user',
}
