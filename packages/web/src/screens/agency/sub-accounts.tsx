import { installs } from '@groundlevel/contracts'
import { Anchor, Badge, Button, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { SubAccountActs } from './sub-account-acts.js'
import { CreateSubAccount } from './sub-account-form.js'

const whole = new Intl.NumberFormat('en')

/** The sub-accounts of an agency. */
export const SubAccounts = () => {
  const { companyId = '' } = useParams()
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed.trim(), 200)
  const [creating, setCreating] = useState(false)
  const found = useAsk(installs.agency.locations, { companyId, query: { query } }, { keep: true })
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      New sub-account
    </Button>
  )
  return (
    <Page title="Sub-accounts" about={<>Company ID {<Id value={companyId} what="company id" />}</>} actions={create}>
      <TextInput
        aria-label="Search sub-accounts"
        placeholder="Search sub-accounts"
        leftSection={<IconSearch size={16} />}
        maw={420}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Card flush>
        <Loaded from={found} what="The sub-accounts">
          {({ locations, total }) =>
            locations.length === 0 ? (
              <Empty title={query ? 'No sub-account has that name' : 'No sub-account yet'}>
                {query
                  ? 'Clear the search to see all of them.'
                  : 'A sub-account holds one client’s contacts. Apps are installed into it.'}
              </Empty>
            ) : (
              <>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
                <div className={parts.scroll} tabIndex={0} role="group" aria-label="Sub-accounts">
                  <Table miw={640}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>Name</Table.Th>
                        <Table.Th>Location ID</Table.Th>
                        <Table.Th>City</Table.Th>
                        <Table.Th ta="right">Contacts</Table.Th>
                        <Table.Th ta="right">Installed apps</Table.Th>
                        <Table.Th ta="right" w={80}>
                          Actions
                        </Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {locations.map((location) => (
                        <Table.Tr key={location.id}>
                          <Table.Td>
                            <Anchor component={Link} to={`/portal/sub-account/${location.id}/home`} size="sm" fw={500}>
                              {location.name}
                            </Anchor>
                            {location.status === 'paused' && (
                              <Badge size="sm" color="gray" c="dimmed" ml={8}>
                                Paused
                              </Badge>
                            )}
                          </Table.Td>
                          <Table.Td>
                            <Id value={location.id} what="location id" />
                          </Table.Td>
                          <Table.Td>{location.city}</Table.Td>
                          <Table.Td ta="right">{whole.format(location.contactCount)}</Table.Td>
                          <Table.Td ta="right">{location.appCount}</Table.Td>
                          <Table.Td ta="right">
                            <SubAccountActs location={location} />
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </div>
                {total > locations.length && (
                  <Text size="xs" c="dimmed" p="sm">
                    {locations.length} of {whole.format(total)} shown. Search to find the others.
                  </Text>
                )}
              </>
            )
          }
        </Loaded>
      </Card>
      {creating && <CreateSubAccount companyId={companyId} onClose={() => setCreating(false)} />}
    </Page>
  )
}
