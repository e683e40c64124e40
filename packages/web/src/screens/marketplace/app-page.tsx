import type { Reply } from '@groundlevel/contract-kit'
import { store } from '@groundlevel/contracts'
import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useParams, useSearchParams } from 'react-router'
import { useAsk } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { ScopeList } from '../../parts/scope-list.js'
import { InstallState } from '../../parts/status-dot.js'
import { When } from '../../parts/when.js'
import developer from '../developer/developer.module.css'
import { Brought } from '../snapshots/brought.js'
import { CodePanel } from './code-panel.js'
import classes from './marketplace.module.css'

type Shown = Reply<typeof store.listings.get>

/** Who may add it, in one sentence (M3). */
const audience = ({ targetUser, whoCanInstall, bulkInstall }: Shown['app']) => {
  if (targetUser === 'company') return 'For agencies: added once by an owner or admin, then usable for every sub-account.'
  const who = whoCanInstall === 'agency' ? 'added by an agency owner or admin' : 'added by its users or by an admin of its agency'
  return `For sub-accounts: ${who}${bulkInstall ? ', also to several at once' : ''}.`
}

const AddButton = ({ app, addable, installed }: Shown) => {
  const why = app.installUrl ? addable.why : 'Its developer has not set a client key and a redirect URL yet.'
  const ready = addable.yes && app.installUrl !== null
  return (
    <Stack gap={6} align="flex-start">
      <Button
        disabled={!ready}
        aria-describedby={ready ? undefined : 'why-not'}
        onClick={() => app.installUrl && window.location.assign(app.installUrl)}
      >
        + Add App
      </Button>
      {!ready && (
        <Text id="why-not" size="xs" c="dimmed" maw={260}>
          {why}
        </Text>
      )}
      {ready && installed.length > 0 && (
        <Text size="xs" c="dimmed" maw={260}>
          Adding it again gives a new code for the same install.
        </Text>
      )}
    </Stack>
  )
}

const Head = (shown: Shown) => (
  <header className={developer.appHead}>
    <AppLogo logo={shown.app.logo} name={shown.app.name} size={64} />
    <div className={developer.grow}>
      <Group gap={8}>
        <Title order={1}>{shown.app.name}</Title>
        {shown.app.appType === 'private' && (
          <Badge color="gray" c="dimmed">
            Private
          </Badge>
        )}
      </Group>
      <Text size="sm">{shown.app.tagline}</Text>
      <Text size="sm" c="dimmed">
        by {shown.app.companyName || shown.app.developerName}
      </Text>
    </div>
    <AddButton {...shown} />
  </header>
)

/** A developer may write anything as a website: only addresses of the web become links. */
const Website = ({ address }: { address: string }) =>
  /^https?:\/\//i.test(address) ? (
    <Anchor href={address} target="_blank" rel="noopener noreferrer" size="sm" underline="always">
      {address.replace(/^https?:\/\//i, '')}
    </Anchor>
  ) : (
    address
  )

const Facts = ({ app }: Pick<Shown, 'app'>) => (
  <dl className={classes.facts}>
    <div>
      <dt>Who it is for</dt>
      <dd>{audience(app)}</dd>
    </div>
    {app.website && (
      <div>
        <dt>Website</dt>
        <dd>
          <Website address={app.website} />
        </dd>
      </div>
    )}
    {(app.supportEmail || app.supportPhone) && (
      <div>
        <dt>Support</dt>
        <dd>
          {app.supportEmail && (
            <Anchor href={`mailto:${app.supportEmail}`} size="sm" underline="always">
              {app.supportEmail}
            </Anchor>
          )}{' '}
          {app.supportPhone}
        </dd>
      </div>
    )}
    {app.categories.length > 0 && (
      <div>
        <dt>Categories</dt>
        <dd>{app.categories.join(', ')}</dd>
      </div>
    )}
    <div>
      <dt>In the store since</dt>
      <dd>
        <When at={app.dateAdded} />
      </dd>
    </div>
  </dl>
)

const Installed = ({ installed }: Pick<Shown, 'installed'>) => (
  <Card flush title="Installed in">
    {installed.map((install) => (
      <div key={install.id} className={developer.row}>
        <span className={developer.grow}>{install.name}</span>
        <InstallState state={install.state} />
      </div>
    ))}
  </Card>
)

/** An app's page: what it is, what it will be able to do, + Add App; after *Allow and show me the code* also the code. */
export const AppPage = () => {
  const { appId = '' } = useParams()
  const [search] = useSearchParams()
  const code = search.get('code')
  const found = useAsk(store.listings.get, { appId })
  return (
    <div className={parts.page} style={{ maxWidth: 1080 }}>
      <Loaded from={found} what="The app" waiting={<Waiting lines={6} height={28} />}>
        {(shown) => (
          <>
            <title>{`${shown.app.name} · Store · Groundlevel`}</title>
            <Head {...shown} />
            {code && <CodePanel code={code} redirectUri={shown.app.redirectUri ?? ''} installUrl={shown.app.installUrl} />}
            <div className={classes.columns}>
              <Stack gap="md">
                {shown.installed.length > 0 && <Installed installed={shown.installed} />}
                <Card title="About">
                  <Text size="sm" className={classes.text} c={shown.app.description ? undefined : 'dimmed'}>
                    {shown.app.description || 'Its developer has not described it yet.'}
                  </Text>
                </Card>
                {shown.app.snapshot && (
                  <Card title="What it brings">
                    <Brought snapshot={shown.app.snapshot} targetUser={shown.app.targetUser} />
                  </Card>
                )}
                <Card title="What it will be able to do">
                  {shown.app.scopes.length > 0 ? (
                    <ScopeList scopes={shown.app.scopes} />
                  ) : (
                    <Text size="sm">Nothing: it asks for no access.</Text>
                  )}
                </Card>
              </Stack>
              <Card title="Details">
                <Facts app={shown.app} />
              </Card>
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}
