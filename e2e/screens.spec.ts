import { violations } from './axe.js'
import { type Demo, demoWorld, signInAs } from './people.js'
import { expect, type Page, test } from './world.js'

// Nobody changes anything here, so the roles can be looked at side by side.
test.describe.configure({ mode: 'parallel' })

// Every screen as its reader meets it: no accessibility violation, light and dark, and nothing wider than a small phone.
const screens: Readonly<Record<string, (demo: Demo) => readonly string[]>> = {
  developer: ({ apps }) => [
    '/portal/developer/apps',
    '/portal/developer/apps/new',
    ...[
      'overview',
      'profile',
      'scopes',
      'keys',
      'redirects',
      'webhooks',
      'conversation-providers',
      'workflows',
      'snapshot',
      'installs',
    ].map((tab) => `/portal/developer/apps/${apps[0]?.id}/${tab}`),
    '/portal/developer/timeline',
    '/portal/docs/webhook-keys',
    '/portal/docs/scopes?scope=contacts.write',
  ],
  'agency-admin': ({ company, apps }) => [
    `/portal/agency/${company.id}/sub-accounts`,
    `/portal/agency/${company.id}/users`,
    `/portal/agency/${company.id}/company`,
    `/portal/agency/${company.id}/installed`,
    `/portal/agency/${company.id}/snapshots`,
    `/portal/agency/${company.id}/snapshots/compare`,
    `/portal/agency/${company.id}/snapshots/shared/none`,
    '/portal/store',
    `/portal/store/${apps[0]?.id}`,
    `/oauth/chooselocation?response_type=code&client_id=${apps[0]?.clientId}`,
    '/oauth/chooselocation?response_type=code&client_id=nobody',
  ],
  'location-admin': ({ locations }) =>
    [
      'profile',
      'users',
      'custom-fields',
      'custom-values',
      'templates',
      'templates/new?type=email',
      'emails',
      'tags',
      'links',
      'campaigns',
      'sending',
      'businesses',
    ].map((screen) => `/portal/sub-account/${locations[0]?.id}/settings/${screen}`),
  'location-user': ({ locations }) =>
    [
      'home',
      'contacts',
      'contacts/import',
      'conversations',
      'conversations/outbox',
      'conversations/outbox?view=staff',
      'opportunities',
      'opportunities/pipelines',
      'calendars',
      'calendars/settings/list',
      'calendars/settings/groups',
      'calendars/settings/schedules',
      'calendars/settings/resources',
      'calendars/settings/notifications',
      'calendars/settings/feeds',
      'payments/orders',
      'payments/products',
      'payments/customers',
      'payments/subscriptions',
      'payments/transactions',
      'payments/inventory',
      'payments/coupons',
      'payments/integrations',
      'automation/workflows',
      'automation/forms',
      'automation/surveys',
      'installed',
    ].map((screen) => `/portal/sub-account/${locations[0]?.id}/${screen}`),
}

const settled = async (page: Page, path: string) => {
  await page.goto(path)
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect(page.locator('[aria-busy=true], [role=status][aria-label=Loading]')).toHaveCount(0)
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Of a role's screens each worker takes a share. */
const shares = [0, 1, 2]

const walks = Object.entries(screens).flatMap(([role, paths]) =>
  shares.map((share) => [role, share + 1, (demo: Demo) => paths(demo).filter((_, at) => at % shares.length === share)] as const),
)

for (const [role, share, paths] of walks) {
  test(`screens of the ${role} (${share} of ${shares.length}) are accessible, light and dark, and fit 360 px`, async ({
    page,
    request,
  }) => {
    test.setTimeout(400_000)
    const demo = await demoWorld(request)
    await signInAs(page, demo, role)
    for (const path of paths(demo)) {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await page.setViewportSize({ width: 1280, height: 800 })
      await settled(page, path)
      expect(await violations(page), `${path}, light`).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      await page.setViewportSize({ width: 360, height: 740 })
      // What is measured while the page goes over to dark has the colours of both.
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
      await expect.poll(() => overflow(page), { message: `${path} at 360 px` }).toBeLessThanOrEqual(0)
      expect(await violations(page), `${path}, dark, 360 px`).toEqual([])
    }
  })
}

test('a contact is accessible in each of its parts, light and dark, and fits 360 px', async ({ page, request }) => {
  test.setTimeout(400_000)
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/contacts`)
  const path = await page.locator('tbody a').first().getAttribute('href')
  for (const tab of ['notes', 'tasks', 'opportunities', 'workflows', 'activity']) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await settled(page, `${path}?tab=${tab}`)
    await page.getByRole('button', { name: /^Change City/ }).click()
    expect(await violations(page), `${tab}, light`).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 740 })
    await expect.poll(() => overflow(page), { message: `${tab} at 360 px` }).toBeLessThanOrEqual(0)
    expect(await violations(page), `${tab}, dark, 360 px`).toEqual([])
  }
})

test('a workflow is accessible on its canvas and beside it, light and dark, and fits 360 px', async ({ page, request }) => {
  test.setTimeout(400_000)
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/automation/workflows`)
  await page.getByText('Welcome new patients').first().click()
  await page.waitForURL(/workflows\/[\w-]+$/)
  const path = new URL(page.url()).pathname
  for (const tab of ['build', 'json', 'runs', 'versions']) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await settled(page, `${path}?tab=${tab}`)
    if (tab === 'build')
      await page
        .getByRole('button', { name: /^Step:/ })
        .first()
        .click()
    expect(await violations(page), `${tab}, light`).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 740 })
    await expect.poll(() => overflow(page), { message: `${tab} at 360 px` }).toBeLessThanOrEqual(0)
    expect(await violations(page), `${tab}, dark, 360 px`).toEqual([])
  }
})

test('the doors are accessible: sign in, sign up', async ({ page }) => {
  for (const path of ['/portal/sign-in', '/portal/sign-up']) {
    await settled(page, path)
    expect(await violations(page), path).toEqual([])
  }
})

test('forms of the settings are accessible, light and dark, and fit 360 px', async ({ page, request }) => {
  test.setTimeout(400_000)
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  const forms = [
    ['users', 'New user'],
    ['custom-fields', 'New custom field'],
    ['businesses', 'New business'],
    ['tags', 'New tag'],
    ['links', 'New trigger link'],
    ['campaigns', 'New campaign'],
  ] as const
  for (const [screen, button] of forms) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await settled(page, `/portal/sub-account/${demo.locations[0]?.id}/settings/${screen}`)
    await page.getByRole('button', { name: button }).first().click()
    await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused()
    expect(await violations(page), `${button}, light`).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 740 })
    await expect.poll(() => overflow(page), { message: `${button} at 360 px` }).toBeLessThanOrEqual(0)
    expect(await violations(page), `${button}, dark, 360 px`).toEqual([])
  }
})
