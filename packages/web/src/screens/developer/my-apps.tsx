import type { Reply } from '@groundlevel/contract-kit'
import { apps } from '@groundlevel/contracts'
import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Empty } from '../../parts/empty.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import classes from './developer.module.css'
import { installsOf, targetNames, typeNames } from './words.js'

type Row = Reply<typeof apps.app.list>['apps'][number]

const create = (
  <Button component={Link} to="/portal/developer/apps/new" leftSection={<IconPlus size={16} />}>
    Create App
  </Button>
)

const AppRow = ({ app }: { app: Row }) => (
  <div className={classes.row}>
    <AppLogo logo={app.logo} name={app.name} />
    <div className={classes.grow}>
      <Group gap={8}>
        <Text component={Link} to={`/portal/developer/apps/${app.id}/overview`} fw={600} size="sm" c="inherit">
          {app.name}
        </Text>
        <Badge size="sm" color="gray" c="dimmed">
          {typeNames[app.appType]}
        </Badge>
        <Badge size="sm" color="gray" c="dimmed">
          {targetNames[app.targetUser]}
        </Badge>
      </Group>
      <Id value={app.id} what="App ID" />
    </div>
    <div className={classes.facts}>
      <span>{installsOf(app.installCount)}</span>
      <span>
        Changed <When at={app.dateUpdated} />
      </span>
    </div>
  </div>
)

const List = ({ rows }: { rows: readonly Row[] }) => {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const shown = rows.filter((app) => app.name.toLowerCase().includes(wanted) || app.id === typed.trim())
  return (
    <Stack gap="sm">
      {rows.length > 5 && (
        <TextInput
          aria-label="Search your apps"
          placeholder="Search by name or App ID"
          leftSection={<IconSearch size={16} />}
          maw={360}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Card flush>
        {shown.map((app) => (
          <AppRow key={app.id} app={app} />
        ))}
        {shown.length === 0 && <Empty title="No app has that name">Clear the search to see all {rows.length}.</Empty>}
      </Card>
    </Stack>
  )
}

export const MyApps = () => {
  const mine = useAsk(apps.app.list, {})
  return (
    <Page title="My Apps" actions={create}>
      <Loaded from={mine} what="Your apps" waiting={<Waiting lines={4} height={44} />}>
        {({ apps: rows }) =>
          rows.length > 0 ? (
            <List rows={rows} />
          ) : (
            <Card>
              <Empty title="Create your first app" action={create}>
                An app has a name, a redirect URL, scopes and keys of its own. It takes a minute, and everything but the
                distribution type can be changed later.
              </Empty>
            </Card>
          )
        }
      </Loaded>
    </Page>
  )
}
