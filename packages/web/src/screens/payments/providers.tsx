import { payments } from '@groundlevel/contracts'
import { Button } from '@mantine/core'
import { useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage } from '../../parts/list/pages.js'
import { sayDone } from '../developer/save-bar.js'
import { Collection } from '../settings/collection.js'
import { type ConnectedProvider, useAlt } from './words.js'

const modesOf = ({ live, test }: ConnectedProvider) =>
  [live && 'Live', test && 'Test'].filter(Boolean).join(' and ') || 'Not connected'

const columns = (choose: (row: ConnectedProvider) => void, busy: boolean): readonly Column<ConnectedProvider>[] => [
  { id: 'name', label: 'Name', names: true, sort: 'name', widthPx: 220, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'description',
    label: 'About',
    widthPx: 320,
    cell: ({ description }) => description,
    text: ({ description }) => description,
  },
  { id: 'modes', label: 'Connected', widthPx: 140, cell: modesOf, text: modesOf },
  {
    id: 'default',
    label: 'Takes payments',
    widthPx: 150,
    cell: (row) =>
      row.isDefault ? (
        'By default'
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          onClick={() => choose(row)}
          aria-label={`Let ${row.name} take payments`}
        >
          Choose
        </Button>
      ),
    text: ({ isDefault }) => (isDefault ? 'yes' : ''),
  },
]

/** Apps that take payments. */
export const Providers = () => {
  const { altId: locationId } = useAlt()
  const found = useAsk(payments.connectedProvider.list, { query: { locationId } })
  const choose = useSend(payments.connectedProvider.setDefault, () => sayDone('Chosen'))
  const pages = onePage({ ...found, data: found.data?.providers })
  return (
    <>
      {choose.error && <Failure what="That did not work" problem={choose.error} focus />}
      <Collection
        name="payment-providers"
        title="Integrations"
        about="Apps that take payments on the pages of orders. Where several are connected, the chosen one does, else the newest."
        noun="integration"
        pages={pages}
        columns={columns(({ _id }) => choose.mutate({ providerId: _id, query: { locationId } }), choose.isPending)}
        idOf={({ _id }) => _id}
        nameOf={({ name }) => name}
        words={({ name, description }) => `${name} ${description}`}
        first="Install an app that takes payments from the store: it shows up here once it has connected."
      />
    </>
  )
}
