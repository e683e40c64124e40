import { apiModule } from '@groundlevel/contract-kit'

export const contacts = apiModule({ name: 'contacts', version: '2021-07-28', actors: ['location'], scope: 'contacts' })
