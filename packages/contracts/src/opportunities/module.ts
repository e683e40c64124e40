import { apiModule } from '@groundlevel/contract-kit'

export const opportunities = apiModule({
  name: 'opportunities',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'opportunities',
})
