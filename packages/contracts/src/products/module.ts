import { apiModule, t } from '@groundlevel/contract-kit'

export const products = apiModule({
  name: 'products',
  version: '2021-07-28',
  actors: ['location'],
  scope: 'products',
  tenant: 'alt',
  reaches: 'none',
})

/** Who owns what is asked for, in the words of this family. */
export const alt = { altId: t.String(), altType: t.Enum(['location']) }

const most = 1_000_000

/** The documents' default is 0, which stands for a page of the usual size. */
export const pageQuery = {
  limit: t.Default(t.Integer({ minimum: 0, maximum: 100 }), 0),
  offset: t.Default(t.Integer({ minimum: 0, maximum: most }), 0),
}

/** What changes and has nothing to show. */
export const Done = t.Object({ status: t.Boolean(), message: t.String() })
