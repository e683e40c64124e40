import { apps, timeline } from '@groundlevel/contracts'
import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useAsk } from '../../api.js'
import { contactCurl, exchangeCurl, installCommand, locationTokenCurl } from './curl.js'
import type { App } from './words.js'

export interface Step {
  readonly title: string
  readonly done: boolean
  readonly about: ReactNode
  /** Exact commands with the person's own ids. */
  readonly commands: readonly string[]
}

interface Facts {
  readonly app: App
  readonly clientId: string | undefined
  readonly locationId: string
  readonly installed: boolean
  readonly connected: boolean
  readonly delivered: boolean
}

const watchMs = 3_000

const To = ({ to, children }: { to: string; children: ReactNode }) => (
  <Anchor component={Link} to={to} size="sm" underline="always">
    {children}
  </Anchor>
)

const settingsSteps = ({ app, clientId }: Facts): Step[] => [
  { title: 'Create the app', done: true, about: 'Its App ID stands below its name.', commands: [] },
  {
    title: 'Add scopes',
    done: app.scopes.length > 0,
    about: (
      <>
        Choose what it may do in <To to="../scopes">Scopes</To>.
      </>
    ),
    commands: [],
  },
  {
    title: 'Generate a client key',
    done: clientId !== undefined,
    about: (
      <>
        One click in <To to="../keys">Keys</To>. The secret is shown once.
      </>
    ),
    commands: [],
  },
  {
    title: 'Set the OAuth token redirect URL',
    done: app.redirectUris.length > 0,
    about: (
      <>
        Where the code arrives, in <To to="../redirects">Redirect URLs</To>. The example app listens at
        http://127.0.0.1:4100/oauth/callback.
      </>
    ),
    commands: [],
  },
  {
    title: 'Set the webhook URL',
    done: app.webhookUrl !== '',
    about: (
      <>
        Where events arrive, in <To to="../webhooks">Webhooks</To>. The example app listens at http://127.0.0.1:4100/webhooks.
      </>
    ),
    commands: [],
  },
]

const liveSteps = ({ app, clientId = 'YOUR_CLIENT_ID', locationId, installed, connected, delivered }: Facts): Step[] => [
  {
    title: 'Install it',
    done: installed,
    about: (
      <>
        Open <To to={`/portal/store/${app.id}`}>its page in the store</To> as an agency admin and press + Add App. Or from a
        shell:
      </>
    ),
    commands: [installCommand(clientId, app.targetUser === 'company' ? '--company COMPANY_ID' : `--location ${locationId}`)],
  },
  {
    title: 'Exchange the code',
    done: connected,
    about: app.bulkInstall
      ? 'Your app does this at its redirect URL. Where an agency chose the sub-accounts, the token is the agency’s: exchange it for one of a sub-account (scope oauth.write). By hand:'
      : 'Your app does this at its redirect URL. By hand:',
    commands: [
      exchangeCurl({
        origin: window.location.origin,
        clientId,
        code: 'CODE',
        redirectUri: app.redirectUris[0] ?? 'YOUR_REDIRECT_URL',
      }),
      ...(app.bulkInstall ? [locationTokenCurl(window.location.origin, locationId)] : []),
    ],
  },
  {
    title: 'Receive the first webhook',
    done: delivered,
    about: (
      <>
        Create a contact with the token, or press Send test event in <To to="../webhooks">Webhooks</To>.
      </>
    ),
    commands: [contactCurl(window.location.origin, locationId), 'npx groundlevel trigger ContactCreate'],
  },
]

/** The steps of a new app, each judged by what the server knows; asked again until all are done. */
export const useProgress = (app: App): readonly Step[] => {
  const keys = useAsk(apps.keys.list, { appId: app.id })
  const installs = useAsk(apps.appInstalls.list, { appId: app.id }, { everyMs: watchMs })
  const deliveries = useAsk(
    timeline.rows.list,
    { query: { appId: app.id, kind: 'delivery', outcome: 'ok', limit: 1 } },
    { everyMs: watchMs },
  )
  const list = installs.data?.installs ?? []
  const facts: Facts = {
    app,
    clientId: keys.data?.keys[0]?.clientId,
    locationId: list.find((install) => install.locationId)?.locationId ?? 'LOCATION_ID',
    installed: list.length > 0,
    connected: list.some((install) => install.state === 'connected'),
    delivered: (deliveries.data?.rows.length ?? 0) > 0,
  }
  return [...settingsSteps(facts), ...liveSteps(facts)]
}
