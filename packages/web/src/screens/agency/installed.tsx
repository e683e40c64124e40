import type { Reply } from '@groundlevel/contract-kit'
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

type Install = Reply<typeof installsApi.installed.list>['installs'][number]

const store = (
  <Button component={Link} to="/portal/store" variant="default">
    Open the store
  </Button>
)

const reach = ({ kind, locationName }: Install) => {
  if (kind === 'agency') return 'The whole agency'
  return kind === 'bulk' ? (locationName ?? 'Several sub-accounts') : (locationName ?? 'One sub-account')
}

const InstallRow = ({ install, onUninstall }: { install: Install; onUninstall: () => void }) => (
  <div className={developer.row}>
    <AppLogo logo={install.logo} name={install.appName} />
    <div className={developer.grow}>
      <Anchor component={Link} to={`/portal/store/${install.appId}`} size="sm" fw={600} c="inherit">
        {install.appName}
      </Anchor>
      <Text size="xs" c="dimmed" component="div">
        {reach(install)} · {install.scopes.length === 1 ? '1 scope' : `${install.scopes.length} scopes`} · added by {install.installedBy}{' '}
        <When at={install.dateAdded} />
      </Text>
    </div>
    <InstallState state={install.state} />
    <Button variant="default" size="xs" onClick={onUninstall} aria-label={`Uninstall ${install.appName} from ${reach(install)}`}>
      Uninstall
    </Button>
  </div>
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
      <Card flush>
        <Loaded from={found} what="The installed apps" waiting={<Waiting lines={4} height={44} />}>
          {({ installs }) =>
            installs.length === 0 ? (
              <Empty title="No app is installed here" action={store}>
                Find one in the store and press + Add App.
              </Empty>
            ) : (
              installs.map((install) => <InstallRow key={install.id} install={install} onUninstall={() => setLeaving(install)} />)
            )
          }
        </Loaded>
      </Card>
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
          {leaving.appName} loses access to {leaving.locationName ?? whose} at once: its tokens stop working and it gets no more events. It is told by an
          UNINSTALL event. What it wrote stays. You can add it again at any time.
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
