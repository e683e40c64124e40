import { installs as installsApi } from '@groundlevel/contracts'
import { Anchor, Button, Text } from '@mantine/core'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Confirm } from '../../parts/confirm.js'
import { Empty } from '../../parts/empty.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { InstallState } from '../../parts/status-dot.js'
import { When } from '../../parts/when.js'
import developer from '../developer/developer.module.css'
import { sayDone } from '../developer/save-bar.js'
import { byApp, consequence, type Install, type InstalledApp, reach } from './installed-apps.js'

const store = (
  <Button component={Link} to="/portal/store" variant="default">
    Open the store
  </Button>
)

const InstallRow = ({ install, onUninstall }: { install: Install; onUninstall: () => void }) => (
  <div className={developer.row}>
    <div className={developer.grow}>
      <Text size="sm">{reach(install)}</Text>
      <Text size="xs" c="dimmed" component="div">
        Added by {install.installedBy} <When at={install.dateAdded} />
      </Text>
    </div>
    <InstallState state={install.state} />
    <Button variant="default" size="xs" onClick={onUninstall} aria-label={`Uninstall ${install.appName} from ${reach(install)}`}>
      Uninstall
    </Button>
  </div>
)

const AppCard = ({ app, onUninstall }: { app: InstalledApp; onUninstall: (install: Install) => void }) => (
  <section className={developer.installed} aria-label={app.name}>
    <div className={developer.row}>
      <AppLogo logo={app.logo} name={app.name} size={32} />
      <div className={developer.grow}>
        <Anchor component={Link} to={`/portal/store/${app.id}`} size="sm" fw={600} c="inherit">
          {app.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {app.scopeCount === 1 ? '1 scope' : `${app.scopeCount} scopes`}
        </Text>
      </div>
    </div>
    {app.installs.map((install) => (
      <InstallRow key={install.id} install={install} onUninstall={() => onUninstall(install)} />
    ))}
  </section>
)

const Installed = ({ where, whose }: { where: { companyId: string } | { locationId: string }; whose: string }) => {
  const found = useAsk(installsApi.installed.list, { query: where }, { everyMs: 5_000 })
  const [leaving, setLeaving] = useState<Install>()
  const remove = useSend(installsApi.installed.remove, () => {
    if (leaving) sayDone(`${leaving.appName} is uninstalled`)
    setLeaving(undefined)
  })
  return (
    <Page
      title="Installed apps"
      about="An app waits for the code until its developer’s side exchanges it. From then on it is connected."
      actions={store}
    >
      <Loaded from={found} what="The installed apps" waiting={<Waiting lines={4} height={44} />}>
        {({ installs }) =>
          installs.length === 0 ? (
            <Card>
              <Empty title="No app is installed here" action={store}>
                Find one in the store and press + Add App.
              </Empty>
            </Card>
          ) : (
            byApp(installs).map((app) => <AppCard key={app.id} app={app} onUninstall={setLeaving} />)
          )
        }
      </Loaded>
      {leaving && (
        <Confirm
          title={`Uninstall ${leaving.appName}?`}
          action="Uninstall"
          busy={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate({ installId: leaving.id })}
          onClose={() => {
            remove.reset()
            setLeaving(undefined)
          }}
        >
          {consequence(leaving, whose)}
        </Confirm>
      )}
    </Page>
  )
}

/** What the whole agency and its sub-accounts have installed. */
export const AgencyInstalled = () => {
  const { companyId = '' } = useParams()
  return <Installed where={{ companyId }} whose="your agency" />
}

/** What one sub-account has installed. */
export const LocationInstalled = () => {
  const { locationId = '' } = useParams()
  return <Installed where={{ locationId }} whose="this sub-account" />
}
