import { expect, type Page, test } from '@playwright/test'
import { anotherDesk, demoWorld, signInAs } from './people.js'

const open = async (page: Page, locationId: string, screen: string) => {
  await page.goto(`/portal/sub-account/${locationId}/settings/${screen}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

const dialog = (page: Page) => page.getByRole('dialog')
const save = async (page: Page) => {
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()
}

test('a sub-account is set up: a field with options, a link whose click is counted, a user who signs in', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000)
  const demo = await demoWorld(request)
  const locationId = demo.locations[0]?.id ?? ''
  await signInAs(page, demo, 'location-admin')

  await open(page, locationId, 'custom-fields')
  await page.getByRole('button', { name: 'New custom field' }).first().click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByRole('alert')).toBeVisible()
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Shoe size')
  await dialog(page).getByRole('textbox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'Dropdown (single)' }).click()
  await dialog(page).getByRole('button', { name: 'Add a line' }).click()
  await page.keyboard.type('Small')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Large')
  await save(page)
  await page.getByRole('searchbox').fill('shoe')
  await expect(page.getByRole('row', { name: /Shoe size.*\{\{contact\.shoe_size\}\}.*Small, Large/ })).toBeVisible()

  await open(page, locationId, 'links')
  await page.getByRole('button', { name: 'New trigger link' }).first().click()
  await dialog(page).getByLabel('Name').fill('Price list')
  await dialog(page).getByLabel('Leads to').fill('not an address')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByLabel('Leads to')).toBeFocused()
  await dialog(page).getByLabel('Leads to').fill('https://harbor-dental.example/prices')
  await save(page)
  await page.getByRole('cell', { name: 'Price list', exact: true }).click()
  await expect(page.getByText('Nobody clicked yet')).toBeVisible()
  const address = (await page.getByRole('group', { name: 'address' }).textContent()) ?? ''
  expect((await request.get(address, { maxRedirects: 0, headers: { 'user-agent': 'Mozilla/5.0 (a reader)' } })).status()).toBe(
    302,
  )
  await page.reload()
  await expect(page.getByRole('heading', { name: '1 click' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Nobody known/ })).toBeVisible()

  await open(page, locationId, 'users')
  await page.getByRole('button', { name: 'New user' }).first().click()
  await dialog(page).getByLabel('First name').fill('Nora')
  await dialog(page).getByLabel('Last name').fill('Newcomer')
  await dialog(page).getByLabel('E-mail', { exact: true }).fill('nora@harbor-dental.example')
  await dialog(page).getByLabel('Password', { exact: true }).fill('correct horse battery')
  await save(page)
  await expect(page.getByRole('row', { name: /Nora Newcomer/ })).toBeVisible()

  const desk = await anotherDesk(page)
  await desk.goto('/portal/sign-in')
  await desk.getByLabel('E-mail').fill('nora@harbor-dental.example')
  await desk.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await desk.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(desk).toHaveURL(new RegExp(`/portal/sub-account/${locationId}`))
  await desk.close()

  await open(page, locationId, 'users')
  await page.getByRole('button', { name: 'Delete Nora Newcomer' }).click()
  await dialog(page).getByRole('textbox').fill('Nora Newcomer')
  await dialog(page).getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('row', { name: /Nora Newcomer/ })).toHaveCount(0)
})
