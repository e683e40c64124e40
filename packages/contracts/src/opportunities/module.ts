import { apiModule } from '@groundlevel/contract-kit'

export const opportunities = apiModule({
  name: 'opportunities',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'opportunities',
  // As recorded of the live service many times.
  undefinedTenant: true,
})
