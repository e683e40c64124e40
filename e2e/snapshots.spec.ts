import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

test('a deal is carried over the board by the keyboard; what its sub-account has set up is pushed into a second one, and compared', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  const [first, second] = demo.locations
  await signInAs(page, demo, 'agency-admin')

  await test.step('board', async () => {
    await page.goto(`/portal/sub-account/${first?.id}/opportunities`)
    const board = page.getByRole('group', { name: /^Stages of/ })
    const link = board.getByRole('region').first().getByRole('listitem').getByRole('link').first()
    const name = await link.innerText()
    await link.focus()
    for (const key of ['Space', 'ArrowRight', 'Space']) await page.keyboard.press(key)
    await board.getByRole('region').nth(1).getByRole('link', { name }).first().click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByText('In this stage since')).toBeVisible()
  })

  const take = async (location: string, name: string) => {
    await page.goto(`/portal/agency/${demo.company.id}/snapshots`)
    await page.getByRole('button', { name: 'New snapshot' }).first().click()
    const form = page.getByRole('dialog', { name: 'New snapshot' })
    await form.getByRole('combobox', { name: 'Sub-account' }).click()
    await page.getByRole('option', { name: location }).click()
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    await form.getByRole('button', { name: 'Take snapshot' }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  await test.step('push', async () => {
    await take(first?.name ?? '', 'As it should be')
    await page.getByRole('button', { name: 'Push', exact: true }).click()
    const form = page.getByRole('dialog', { name: 'Push As it should be' })
    await form.getByRole('combobox', { name: 'Sub-accounts' }).click()
    await page.getByRole('option', { name: second?.name ?? '' }).click()
    await form.getByRole('button', { name: 'Push', exact: true }).click()
    await expect(page.getByText('Everything is there')).toBeVisible()
  })

  await test.step('compare', async () => {
    await take(second?.name ?? '', 'As it is now')
    await page.goto(`/portal/agency/${demo.company.id}/snapshots`)
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
