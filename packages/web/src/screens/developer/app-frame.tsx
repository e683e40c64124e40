import { apps } from '@groundlevel/contracts'
import { Badge, Button, Group, Stack, Title } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { Link, Outlet, useOutletContext, useParams } from 'react-router'
import { useAsk } from '../../api.js'
import frame from '../../frame/frame.module.css'
import { AppLogo } from '../../parts/app-logo.js'
import { Id } from '../../parts/identifier.js'
import { Loaded } from '../../parts/loaded.js'
import parts from '../../parts/parts.module.css'
import { TabLinks } from '../../parts/tab-links.js'
import classes from './developer.module.css'
import { type App, targetNames, typeNames } from './words.js'

const tabs = [
  ['overview', 'Overview'],
  ['profile', 'Profile'],
  ['scopes', 'Scopes'],
  ['keys', 'Keys'],
  ['redirects', 'Redirect URLs'],
  ['webhooks', 'Webhooks'],
  ['conversation-providers', 'Providers'],
  ['workflows', 'Workflows'],
  ['snapshot', 'Snapshot'],
  ['installs', 'Installs'],
] as const

const Head = ({ app }: { app: App }) => (
  <header className={classes.appHead}>
    <AppLogo logo={app.logo} name={app.name} size={48} />
    <div className={classes.grow}>
      <Group gap={8}>
        <Title order={1}>{app.name}</Title>
        <Badge color="gray" c="dimmed">
          {typeNames[app.appType]}
        </Badge>
        <Badge color="gray" c="dimmed">
          {targetNames[app.targetUser]}
        </Badge>
      </Group>
      <div
        style={{ fontSize: 13, color: 'var(--mantine-color-dimmed)', display: 'flex', alignItems: 'center', gap: 8, minWidth: 0 }}
      >
        App ID <Id value={app.id} what="App ID" />
      </div>
    </div>
    <Button
      component={Link}
      to={`/portal/store/${app.id}`}
      variant="default"
      size="xs"
      rightSection={<IconExternalLink size={14} aria-hidden />}
    >
      Page in the store
    </Button>
  </header>
)

/** The app that the tabs below are about. */
export const useApp = () => useOutletContext<App>()

/** An app: its name, its App ID below, its tabs. */
export const AppFrame = () => {
  const { appId = '' } = useParams()
  const found = useAsk(apps.app.get, { appId })
  return (
    <div className={parts.page} style={{ maxWidth: 1080 }}>
      <Loaded from={found} what="The app">
        {({ app }) => (
          <>
            <Stack gap="md">
              <Head app={app} />
              <TabLinks label={`Settings of ${app.name}`} tabs={tabs}>
                <Link to={`/portal/developer/timeline?appId=${app.id}`} className={frame.tab}>
                  Timeline
                </Link>
              </TabLinks>
            </Stack>
            <Outlet context={app} />
          </>
        )}
      </Loaded>
    </div>
  )
}
