import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

test('a deal is made, dragged, carried by the keyboard and lost for a reason; the sums of the board follow', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/opportunities/pipelines`)

  await test.step('pipeline', async () => {
    await page.getByRole('button', { name: 'New pipeline' }).click()
    const form = page.getByRole('dialog', { name: 'New pipeline' })
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Journey')
    await form.getByLabel('Name of stage 2').fill('Talking')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('row', { name: /Journey New → Talking → Closed/ })).toBeVisible()
  })

  await test.step('opportunity', async () => {
    await page.getByRole('link', { name: 'Opportunities', exact: true }).first().click()
    await page.getByRole('combobox', { name: 'Pipeline' }).click()
    await page.getByRole('option', { name: 'Journey' }).click()
    await page.getByRole('button', { name: 'New opportunity' }).click()
    const form = page.getByRole('dialog', { name: 'New opportunity' })
    await form.getByRole('combobox', { name: 'Contact' }).click()
    await form.getByRole('option').first().click()
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Two hundred boats')
    await form.getByLabel('Value').fill('1250')
    await form.getByRole('button', { name: 'Create opportunity' }).click()
    await expect(page.getByRole('region', { name: 'New' }).getByText('1 opportunity · $1,250')).toBeVisible()
  })

  const link = page.getByRole('link', { name: 'Two hundred boats' })
  // The board shows it in its place before the server has said yes.
  const moved = () => page.waitForResponse((response) => response.request().method() === 'PUT' && response.ok())
  await test.step('drag', async () => {
    const talking = page.getByRole('region', { name: 'Talking' })
    const kept = moved()
    await link.locator('xpath=ancestor::li').dragTo(talking.getByRole('list'))
    await expect(talking.getByText('1 opportunity · $1,250')).toBeVisible()
    await expect(page.getByRole('region', { name: 'New' }).getByText('0 opportunities · $0')).toBeVisible()
    await kept
  })

  await test.step('carry', async () => {
    await page.reload()
    await link.focus()
    const kept = moved()
    for (const key of ['Space', 'ArrowRight', 'Space']) await page.keyboard.press(key)
    const closed = page.getByRole('region', { name: 'Closed' })
    await expect(closed.getByText('1 opportunity · $1,250')).toBeVisible()
    await kept
    await page.reload()
    await expect(closed.getByRole('link', { name: 'Two hundred boats' })).toBeVisible()
  })

  await test.step('lose it', async () => {
    await link.click()
    await expect(page.getByRole('heading', { level: 1, name: 'Two hundred boats' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Lost' }).click()
    await page.getByRole('combobox', { name: 'Lost because' }).click()
    await page.getByRole('option').first().click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('All saved.')).toBeVisible()
    await page.getByRole('link', { name: 'Opportunities', exact: true }).first().click()
    await page.getByRole('combobox', { name: 'Pipeline' }).click()
    await page.getByRole('option', { name: 'Journey' }).click()
    await expect(page.getByText(/^0 opportunities worth \$0/)).toBeVisible()
    await page.getByRole('combobox', { name: 'Status' }).click()
    await page.getByRole('option', { name: 'Lost' }).click()
    await expect(page.getByText(/^1 opportunity worth \$1,250/)).toBeVisible()
  })
})
