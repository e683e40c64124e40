import { anotherDesk, demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

const hourMs = 3_600_000

test('a visitor books, is reminded, becomes a deal and buys; the sub-account that did it is pushed into a second one, and compared', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  const [first, second] = demo.locations
  const locationId = first?.id
  const base = `/portal/sub-account/${locationId}`
  const payments = `${base}/payments`
  const headers = { authorization: `Bearer ${demo.tokens.location}`, version: '2021-07-28' }
  const get = async (path: string) => (await request.get(path, { headers })).json()
  await signInAs(page, demo, 'agency-admin')
  const visitor = await anotherDesk(page)

  const slot = await test.step('book', async () => {
    const { calendars } = await get(`/calendars/?locationId=${locationId}`)
    const { id } = calendars.find(({ name }: { name: string }) => name === 'Consultation')
    const { now } = await get('/_ground/lab/clock')
    const week = new Date(Date.parse(now) + 72 * hourMs).toISOString().slice(0, 10)
    await visitor.goto(`/widget/booking/${id}?timezone=America/Los_Angeles&week=${week}`)
    await visitor.locator('.slots a').first().click()
    const chosen = new URL(visitor.url()).searchParams.get('slot') ?? ''
    await visitor.getByLabel('Your name').fill('Vera Visitor')
    await visitor.getByLabel('E-mail').fill('vera.visitor@example.com')
    await visitor.getByLabel('Phone').fill('+15035550199')
    await visitor.getByRole('button', { name: 'Book this time' }).click()
    await expect(visitor.getByRole('link', { name: 'Add it to your calendar' })).toBeVisible()
    return chosen
  })

  await test.step('see it in the calendar', async () => {
    await page.goto(`${base}/calendars?view=week&day=${slot.slice(0, 10)}`)
    await expect(page.getByRole('button', { name: /Vera Visitor/ })).toBeVisible()
  })

  await test.step('be reminded', async () => {
    const to = new Date(Date.parse(slot) - hourMs / 2).toISOString()
    await request.post('/_ground/lab/clock', { headers: { 'x-groundlevel': 'portal' }, data: { to } })
    await page.goto(`${base}/conversations/outbox`)
    await expect(page.getByText(/this is a reminder of your appointment|Reminder:/).first()).toBeVisible()
  })

  await test.step('become a deal, and move on the board', async () => {
    const { contact } = await get(`/contacts/search/duplicate?locationId=${locationId}&email=vera.visitor@example.com`)
    const { pipelines } = await get(`/opportunities/pipelines?locationId=${locationId}`)
    const deal = { locationId, pipelineId: pipelines[0].id, pipelineStageId: pipelines[0].stages[0].id, contactId: contact.id }
    const data = { ...deal, name: 'A smile for Vera', status: 'open', monetaryValue: 24.5 }
    await request.post('/opportunities/', { headers, data })
    await page.goto(`${base}/opportunities`)
    const board = page.getByRole('group', { name: /^Stages of/ })
    const link = board.getByRole('link', { name: 'A smile for Vera' })
    await link.focus()
    for (const key of ['Space', 'ArrowRight', 'Space']) await page.keyboard.press(key)
    await board.getByRole('region').nth(1).getByRole('link', { name: 'A smile for Vera' }).click()
    await expect(page.getByText('In this stage since')).toBeVisible()
  })

  await test.step('coupon', async () => {
    await page.goto(`${payments}/coupons`)
    await page.getByRole('button', { name: 'New coupon' }).first().click()
    const form = page.getByRole('dialog', { name: 'New coupon' })
    await form.getByRole('textbox', { name: 'Code' }).fill('HALF')
    await form.getByRole('textbox', { name: 'Per cent' }).fill('50')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('row', { name: /HALF.*50 %.*Active/ })).toBeVisible()
  })

  await test.step('order', async () => {
    await page.goto(`${payments}/orders`)
    await page.getByRole('button', { name: 'New order' }).first().click()
    const form = page.getByRole('dialog', { name: 'New order' })
    await form.getByRole('combobox', { name: 'Customer' }).fill('Vera')
    await page.getByRole('option', { name: /Vera Visitor/ }).click()
    await form.getByRole('combobox', { name: 'Product 1' }).click()
    await page.getByRole('option', { name: 'Whitening kit' }).click()
    await form.getByRole('combobox', { name: 'Price 1' }).click()
    await page.getByRole('option', { name: /Standard/ }).click()
    await form.getByRole('textbox', { name: 'Coupon' }).fill('half')
    await form.getByRole('button', { name: 'Create order' }).click()
    await expect(page.getByRole('heading', { name: 'Order of $24.50' })).toBeVisible()
  })

  await test.step('pay', async () => {
    const id = new URL(page.url()).pathname.split('/').pop()
    const { url } = await get(`/payments/orders/${id}/payment-link?altId=${locationId}&altType=location`)
    await visitor.goto(url)
    await visitor.getByRole('button', { name: 'Let it be declined' }).click()
    await expect(visitor.getByRole('alert')).toContainText('declined')
    await visitor.getByRole('button', { name: 'Pay $24.50' }).click()
    await expect(visitor.getByText('This order is paid. Thank you.')).toBeVisible()
    await visitor.context().close()
  })

  await test.step('send it', async () => {
    await page.reload()
    await expect(page.getByRole('button', { name: 'Give back' })).toBeVisible()
    await page.getByRole('button', { name: 'Record as sent' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Record', exact: true }).click()
    await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Record as sent' })).toBeHidden()
  })

  await test.step('be a customer', async () => {
    await page.goto(`${payments}/customers`)
    await page
      .locator('tbody')
      .getByRole('link', { name: /Vera Visitor/ })
      .click()
    await expect(page.getByRole('row', { name: /^Spent \$24.50/ })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Orders' }).getByText('$24.50')).toBeVisible()
  })

  const snapshots = `/portal/agency/${demo.company.id}/snapshots`
  const take = async (location: string, name: string) => {
    await page.goto(snapshots)
    await page.getByRole('button', { name: 'New snapshot' }).first().click()
    const form = page.getByRole('dialog', { name: 'New snapshot' })
    await form.getByRole('combobox', { name: 'Sub-account' }).click()
    await page.getByRole('option', { name: location }).click()
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    await form.getByRole('button', { name: 'Take snapshot' }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  await test.step('push what is set up there into a second sub-account', async () => {
    await take(first?.name ?? '', 'As it should be')
    await page.getByRole('button', { name: 'Push', exact: true }).click()
    const form = page.getByRole('dialog', { name: 'Push As it should be' })
    await form.getByRole('combobox', { name: 'Sub-accounts' }).click()
    await page.getByRole('option', { name: second?.name ?? '' }).click()
    await form.getByRole('button', { name: 'Push', exact: true }).click()
    await expect(page.getByText('Everything is there')).toBeVisible()
  })

  await test.step('compare the two', async () => {
    await take(second?.name ?? '', 'As it is now')
    await page.goto(snapshots)
    for (const name of ['As it should be', 'As it is now'])
      await page
        .getByRole('row', { name: new RegExp(name) })
        .getByRole('checkbox')
        .check()
    await page.getByRole('link', { name: 'Compare the two' }).click()
    await expect(page.getByRole('heading', { name: 'Compare snapshots' })).toBeVisible()
    // Whatever the second had of its own, nothing of the first is missing there.
    const alike = page.getByText('They are set up alike')
    const kinds = page.getByRole('group', { name: 'Changes by kind' })
    await expect(alike.or(kinds)).toBeVisible()
    for (const row of await kinds
      .getByRole('row')
      .filter({ hasNot: page.getByRole('columnheader') })
      .all())
      await expect(row.getByRole('cell').nth(2)).toHaveText('0')
  })
})
