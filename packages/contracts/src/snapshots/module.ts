import { apiModule, t } from '@groundlevel/contract-kit'

export const snapshots = apiModule({
  name: 'snapshots',
  version: '2021-07-28',
  actors: ['agency'],
  scope: 'snapshots',
  tenant: 'company',
  reaches: 'none',
})

export const id = t.String({ maxLength: 100 })
export const about = t.Object({ companyId: t.String() })
