import { violations } from './axe.js'
import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

test('a message is written, answered from the outbox as the contact, scheduled and taken back', async ({ page, request }) => {
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  const base = `/portal/sub-account/${demo.locations[0]?.id}/conversations`
  await page.goto(base)

  await test.step('write', async () => {
    await page.getByRole('button', { name: 'New message' }).click()
    const drawer = page.getByRole('dialog', { name: 'New message' })
    await drawer.getByRole('combobox', { name: 'To' }).click()
    await drawer.getByRole('option').first().click()
    await drawer.getByRole('textbox', { name: 'Message' }).fill('Hello {{contact.first_name}}, how are the boats?')
    await drawer.getByRole('button', { name: 'Send' }).click()
    await expect(page).toHaveURL(/conversations\/\w+$/)
  })
  const messages = page.getByRole('list', { name: 'Messages' })
  await expect(messages.getByText(/^Hello \w+, how are the boats\?$/)).toBeVisible()
  const conversation = page.url()

  await test.step('answer', async () => {
    await page.getByRole('link', { name: 'Outbox' }).click()
    await expect(page.getByText(/how are the boats/).first()).toBeVisible()
    await page.getByRole('textbox', { name: /^Answer as/ }).fill('Afloat, both of them.')
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    // Cleared once it has come in.
    await expect(page.getByRole('textbox', { name: /^Answer as/ })).toHaveValue('')
    await page.goto(conversation)
    await expect(messages.getByText('Afloat, both of them.')).toBeVisible()
  })

  await test.step('schedule and take back', async () => {
    await page.getByRole('textbox', { name: 'Message' }).fill('See you in spring.')
    await page.getByRole('button', { name: 'Later' }).click()
    await page.getByLabel('Send at').fill('2031-04-05T09:30')
    await page.getByRole('button', { name: 'Schedule' }).click()
    await expect(messages.getByText(/Goes out Apr 5, 2031/)).toBeVisible()
    await messages.getByRole('button', { name: 'Do not send' }).click()
    await expect(messages.getByText(/Goes out/)).toBeHidden()
  })

  await test.step('star and find', async () => {
    // Some conversations of the demo world are starred already.
    const away = page.getByRole('button', { name: 'Take the star away' })
    const on = page.getByRole('button', { name: 'Star it' })
    await expect(away.or(on)).toBeVisible()
    if (await away.isVisible()) await away.click()
    await on.click()
    await expect(away).toBeVisible()
    await page.goto(`${base}?status=starred`)
    await expect(page.getByRole('link', { name: /Afloat, both of them\. Starred/ })).toBeVisible()
    const unstarred = page.locator('#inbox-lines > li').filter({ hasNot: page.getByLabel('Starred', { exact: true }) })
    await expect(unstarred).toHaveCount(0)
  })
})

test('what a calendar told somebody stands at the bell until it is read, and leads to the appointment', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/home`)
  await page.getByRole('button', { name: /^Notices, \d+ unread$/ }).click()
  // Another journey may have booked something meanwhile: this one is of the demo world.
  const unread = page.getByRole('button', { name: /^Unread: Booked: Consultation with Noah Zhang/ })
  await expect(unread).toBeVisible()
  expect(await violations(page)).toEqual([])
  await unread.click()
  await expect(page.getByRole('dialog', { name: 'Appointment' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/appointment=/)
  await page.getByRole('button', { name: /^Notices/ }).click()
  await expect(page.getByText('Booked: Consultation with Noah Zhang')).toBeVisible()
  await expect(unread).toHaveCount(0)
})
