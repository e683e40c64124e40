import { anotherDesk, demoWorld, signInAs } from './people.js'
import { expect, type Page, test, type World } from './world.js'

// The thirteen steps of docs/guides/getting-started.md, by hand, with an app that did not exist before.
const wanted = {
  'contacts.readonly': 'View contacts, their notes, tasks and tags',
  'contacts.write': 'Create, change and delete contacts, their notes, tasks and tags',
  'oauth.readonly': 'View the list of sub-accounts that use this app, and their tokens',
  'oauth.write': 'Create, change and delete the list of sub-accounts that use this app, and their tokens',
} as const

interface MadeApp {
  readonly id: string
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
}

const signUp = async (page: Page, name: string) => {
  await page.goto('/portal')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(`${name.toLowerCase().replace(/\W+/g, '.')}@dev.example`)
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
  await page.getByRole('button', { name: /sign up/i }).click()
  await expect(page.getByRole('heading', { name: 'My Apps' })).toBeVisible()
}

const createApp = async (page: Page, { example }: World, name: string) => {
  await page.getByRole('link', { name: 'Create App' }).first().click()
  await page.getByLabel('App name').fill(name)
  await page.getByRole('radio', { name: 'Public' }).check()
  await page.getByRole('radio', { name: /^Sub-account/ }).check()
  await page.getByLabel('OAuth token redirect URL').fill(`${example}/oauth/callback`)
  await page.getByLabel('Webhook URL').fill(`${example}/webhooks`)
  for (const [scope, words] of Object.entries(wanted)) {
    await page.getByPlaceholder(/Search scopes/).fill(scope)
    await page.getByRole('checkbox', { name: words }).check()
  }
  await page.getByRole('button', { name: 'Create App' }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await expect(page.getByText('App ID')).toBeVisible()
  const [, id = ''] = /apps\/([0-9a-f]{24})/.exec(page.url()) ?? []
  await expect(page.getByText(id, { exact: true }).first()).toBeVisible()
  return id
}

const generateKey = async (page: Page) => {
  await page
    .getByRole('tab', { name: 'Keys' })
    .or(page.getByRole('link', { name: 'Keys', exact: true }))
    .first()
    .click()
  await page
    .getByRole('button', { name: /Generate/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  const text = async (pattern: RegExp) => pattern.exec(await dialog.innerText())?.[0] ?? ''
  await expect(dialog.getByText('Client secret').first()).toBeVisible()
  const clientId = await text(/[0-9a-f]{24}-[0-9a-z]{8}/)
  const clientSecret = await text(/gls_[\w-]+/)
  expect(clientSecret.length).toBeGreaterThan(40)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await page.reload()
  await expect(page.getByText(clientId).first()).toBeVisible()
  await expect(page.getByText(clientSecret)).toHaveCount(0)
  return { clientId, clientSecret }
}

const newApp = async (page: Page, world: World, developer: string, name: string): Promise<MadeApp> => {
  await signUp(page, developer)
  const id = await createApp(page, world, name)
  return { id, name, ...(await generateKey(page)) }
}

const addApp = async (page: Page, app: MadeApp, location: string) => {
  await page.goto(`/portal/store/${app.id}`)
  await page
    .getByRole('link', { name: 'Add App' })
    .or(page.getByRole('button', { name: 'Add App' }))
    .first()
    .click()
  await expect(page).toHaveURL(/oauth\/chooselocation/)
  await page.getByLabel('Search sub-accounts').fill(location.slice(0, 5))
  await page.getByRole('checkbox', { name: new RegExp(location) }).check()
  await expect(page.getByText('View contacts, their notes, tasks and tags')).toBeVisible()
}

const sendTestEvent = async (page: Page, app: MadeApp) => {
  await page.goto(`/portal/developer/apps/${app.id}/webhooks`)
  await page.getByRole('button', { name: 'Send test event' }).click()
  await expect(page.getByText(/200/).first()).toBeVisible()
}

test('the thirteen steps, ending on the redirect URL', async ({ page, request, world }) => {
  const { example } = world
  const demo = await demoWorld(request)
  const [location] = demo.locations
  const app = await newApp(page, world, 'Rita Redirect', 'Redirect Robin')

  await test.step('the app’s own program learns its key', async () => {
    const program = await page.context().newPage()
    await program.goto(example)
    await program.getByText('Use another client id and secret').click()
    await program.getByLabel('Client id').fill(app.clientId)
    await program.getByLabel('Client secret').fill(app.clientSecret)
    await program.getByLabel('Name').fill(app.name)
    await program.getByRole('button', { name: 'Use this key' }).click()
    await expect(program.getByRole('link', { name: `Connect ${app.name}` })).toBeVisible()
    await program.close()
  })

  const agency = await anotherDesk(page)
  await signInAs(agency, demo, 'agency-admin')
  await addApp(agency, app, location?.name ?? '')
  await agency.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(agency).toHaveURL(new RegExp(`^${example}/oauth/callback\\?code=[0-9a-f]{40}`))
  await expect(agency.getByRole('heading', { name: 'Connected' })).toBeVisible()

  await test.step('a contact is made, and its webhook arrives verified', async () => {
    const email = `redirect-${Date.now()}@example.com`
    const made = await request.post('/contacts/', {
      headers: { authorization: `Bearer ${demo.tokens.location}`, version: '2021-07-28' },
      data: { locationId: location?.id, firstName: 'Rosa', email },
    })
    expect(made.status()).toBe(201)
    await agency.goto(example)
    await expect(agency.getByText('ContactCreate').first()).toBeVisible()
    await expect(agency.getByText('✓ verified').first()).toBeVisible()
    await expect(agency.getByText('not verified')).toHaveCount(0)
  })

  await test.step('call, event and delivery stand in the log', async () => {
    await page.goto(`/portal/developer/timeline?appId=${app.id}&kind=delivery`)
    await expect(page.getByText(`ContactCreate → ${example.slice('http://'.length)}/webhooks`).first()).toBeVisible()
  })

  await sendTestEvent(page, app)
})

test('the thirteen steps, ending with a pasted code', async ({ page, request, world }) => {
  const { example } = world
  const demo = await demoWorld(request)
  const [, location] = demo.locations
  const app = await newApp(page, world, 'Paula Paste', 'Paste Puffin')

  const agency = await anotherDesk(page)
  await signInAs(agency, demo, 'agency-admin')
  await addApp(agency, app, location?.name ?? '')
  await agency.getByRole('button', { name: 'Allow and show me the code' }).click()
  await expect(agency).toHaveURL(new RegExp(`/portal/store/${app.id}\\?code=[0-9a-f]{40}`))
  const code = new URL(agency.url()).searchParams.get('code') ?? ''
  await expect(agency.getByText(`${example}/oauth/callback?code=${code}`).first()).toBeVisible()

  await test.step('waiting for the code, until it is exchanged', async () => {
    await page.goto(`/portal/developer/apps/${app.id}/installs`)
    await expect(page.getByText(/waiting for the code/i).first()).toBeVisible()
    const wrong = await request.post('/oauth/token', {
      form: { client_id: app.clientId, client_secret: 'gls_wrong', grant_type: 'authorization_code', code },
    })
    expect(wrong.status()).toBe(401)
    const exchanged = await request.post('/OAuth/token', {
      form: {
        client_id: app.clientId,
        client_secret: app.clientSecret,
        grant_type: 'authorization_code',
        code,
        redirect_uri: `${example}/oauth/callback`,
      },
    })
    expect(exchanged.status()).toBe(200)
    const company = await exchanged.json()
    expect(company).toMatchObject({
      userType: 'Company',
      isBulkInstallation: true,
      expires_in: 86_399,
      approvedLocations: [location?.id],
    })
    const own = await request.post('/oauth/locationToken', {
      headers: { authorization: `Bearer ${company.access_token}` },
      data: { companyId: demo.company.id, locationId: location?.id },
    })
    const { access_token: token } = await own.json()
    const made = await request.post('/contacts/', {
      headers: { authorization: `Bearer ${token}`, version: '2021-07-28' },
      data: { locationId: location?.id, firstName: 'Pia', email: `paste-${Date.now()}@example.com` },
    })
    expect(made.status()).toBe(201)
    await page.reload()
    await expect(page.getByText(/connected/i).first()).toBeVisible()
  })

  await test.step('the call, its event and its delivery are one trace in the log', async () => {
    await page.goto(`/portal/developer/timeline?appId=${app.id}`)
    const call = page.getByText('POST /contacts/').first()
    await expect(call).toBeVisible()
    await page.getByRole('button', { name: 'Show what POST /contacts/ led to' }).first().click()
    await expect(page.getByText(`ContactCreate → ${example.slice('http://'.length)}/webhooks`).first()).toBeVisible()
  })

  await sendTestEvent(page, app)
})

test('deny sends the person back with access_denied and installs nothing', async ({ page, request, world }) => {
  const { example } = world
  const demo = await demoWorld(request)
  const app = await newApp(page, world, 'Dora Deny', 'Denied Dodo')
  const agency = await anotherDesk(page)
  await signInAs(agency, demo, 'agency-admin')
  await addApp(agency, app, demo.locations[2]?.name ?? '')
  await agency.getByRole('button', { name: 'Cancel' }).click()
  await expect(agency).toHaveURL(new RegExp(`^${example}/oauth/callback\\?error=access_denied`))
  await page.goto(`/portal/developer/apps/${app.id}/installs`)
  await expect(page.getByText(/not installed|no installs|nobody/i).first()).toBeVisible()
})
