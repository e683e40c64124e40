import { anotherDesk, type Demo, demoWorld, signInAs } from './people.js'
import { expect, type Page, test } from './world.js'

const open = async (page: Page, locationId: string, screen: string) => {
  await page.goto(`/portal/sub-account/${locationId}/settings/${screen}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

const asLocation = ({ tokens }: Demo) => ({ version: '2021-07-28', authorization: `Bearer ${tokens.location}` })

const dialog = (page: Page) => page.getByRole('dialog')
const save = async (page: Page) => {
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()
}

test('a sub-account is set up: a field and a value that a template shows, a link whose click is counted, a user who signs in', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  const locationId = demo.locations[0]?.id ?? ''
  await signInAs(page, demo, 'location-admin')

  await open(page, locationId, 'custom-fields')
  await page.getByRole('button', { name: 'New custom field' }).first().click()
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByRole('alert')).toBeVisible()
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Shoe size')
  await dialog(page).getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'Dropdown (single)' }).click()
  await dialog(page).getByRole('button', { name: 'Add a line' }).click()
  await page.keyboard.type('Small')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Large')
  await save(page)
  await page.getByRole('searchbox').fill('shoe')
  await expect(page.getByRole('row', { name: /Shoe size.*\{\{contact\.shoe_size\}\}.*Small, Large/ })).toBeVisible()

  await open(page, locationId, 'custom-values')
  await page.getByRole('button', { name: 'New custom value' }).first().click()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Parking hint')
  await dialog(page).getByRole('textbox', { name: 'Value' }).fill('Behind the house')
  await save(page)
  await expect(page.getByRole('row', { name: /Parking hint.*Behind the house.*custom_values\.parking_hint/ })).toBeVisible()

  const { contacts } = await (
    await request.get(`/contacts/?locationId=${locationId}&limit=1`, { headers: asLocation(demo) })
  ).json()
  const [contact] = contacts
  const changed = await request.put(`/contacts/${contact.id}`, {
    headers: asLocation(demo),
    data: { customFields: [{ key: 'shoe_size', field_value: 'Large' }] },
  })
  expect(changed.status()).toBe(200)
  await open(page, locationId, 'templates/new?type=email')
  await page.getByRole('textbox', { name: 'Name' }).fill('Before your visit')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Your size is ')
  await page.getByRole('button', { name: 'Put a merge field into the subject' }).click()
  await page.keyboard.type('shoe')
  await page.getByRole('option', { name: 'Shoe size' }).click()
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('Your size is {{contact.shoe_size}}')
  await page
    .getByRole('textbox', { name: 'HTML' })
    .fill('<script>document.title = "ran"</script><p style="color: rgb(255, 0, 0)">Park {{ custom_values.parking_hint }}</p>')
  await page.getByRole('combobox', { name: 'As seen by' }).fill(contact.email)
  await page.getByRole('option').first().click()
  await expect(page.getByText('Your size is Large', { exact: true })).toBeVisible()
  const mail = page.frameLocator('iframe[title="The e-mail"]').getByText('Park Behind the house')
  await expect(mail).toHaveCSS('color', 'rgb(255, 0, 0)')
  await expect(page).not.toHaveTitle('ran')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Before your visit' })).toBeVisible()

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
