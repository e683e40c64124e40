import { apiModule } from '@groundlevel/contract-kit'

export const emails = apiModule({ name: 'emails', version: '2021-07-28', actors: ['location'], reaches: 'none' })
