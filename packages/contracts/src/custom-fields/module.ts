import { apiModule } from '@groundlevel/contract-kit'

export const customFields = apiModule({
  name: 'customFields',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'locations/customFields',
  reaches: 'none',
})
