import { apps } from '@groundlevel/contracts'
import { Button, Table } from '@mantine/core'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { InstallState } from '../../parts/status-dot.js'
import { When } from '../../parts/when.js'
import { useApp } from './app-frame.js'

const kinds = { agency: 'Agency', bulk: 'Bulk', location: 'Sub-account' } as const

/** Where the app is installed, and whether it has its token. */
export const AppInstalls = () => {
  const app = useApp()
  const found = useAsk(apps.appInstalls.list, { appId: app.id }, { everyMs: 5_000 })
  return (
    <Card
      flush
      title="Installs"
      about="An install waits for the code until your app exchanges it. From then on it is connected and gets events."
    >
      <title>{`Installs of ${app.name} · Groundlevel`}</title>
      <Loaded from={found} what="The installs">
        {({ installs }) =>
          installs.length === 0 ? (
            <Empty
              title="Nobody has installed it yet"
              action={
                <Button component={Link} to={`/portal/store/${app.id}`} variant="default">
                  Open its page in the store
                </Button>
              }
            >
              Sign in as an agency admin, open the app’s page in the store and press + Add App.
            </Empty>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
            <div className={parts.scroll} tabIndex={0} role="group" aria-label="Installs">
              <Table miw={760}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Where</Table.Th>
                    <Table.Th>Kind</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th>Installed</Table.Th>
                    <Table.Th>Connected</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {installs.map((install) => (
                    <Table.Tr key={install.id}>
                      <Table.Td>
                        <div>{install.locationName ?? install.companyName}</div>
                        <Id
                          value={install.locationId ?? install.companyId}
                          what={install.locationId ? 'location id' : 'company id'}
                        />
                      </Table.Td>
                      <Table.Td>{kinds[install.kind]}</Table.Td>
                      <Table.Td>
                        <InstallState state={install.state} />
                      </Table.Td>
                      <Table.Td>
                        <When at={install.dateAdded} />
                      </Table.Td>
                      <Table.Td>{install.connectedAt ? <When at={install.connectedAt} /> : '–'}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Loaded>
    </Card>
  )
}
