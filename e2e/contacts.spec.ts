import { demoWorld, signInAs } from './people.js'
import { expect, type Page, test } from './world.js'

// A person of a sub-account works with its contacts: create, narrow down, keep the view, change many, open one, delete it.

const filterByTag = async (page: Page, tag: string) => {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const builder = page.getByRole('dialog', { name: 'Filter' })
  const value = builder.getByRole('combobox', { name: 'Value' })
  await value.click()
  await value.fill(tag)
  await page.getByRole('option', { name: tag, exact: true }).click()
  await builder.getByRole('button', { name: 'Add filter' }).click()
}

test('contacts: created, filtered, viewed, tagged in bulk, opened, noted, given a task, found by id, deleted', async ({
  page,
  request,
}) => {
  test.setTimeout(300_000)
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await expect(page.getByRole('heading', { name: 'Newest contacts' })).toBeVisible()
  await page.getByRole('link', { name: 'Contacts', exact: true }).first().click()
  const table = page.getByRole('table', { name: 'Contacts' })
  await expect(table).toBeVisible()

  await test.step('create', async () => {
    await page.getByRole('button', { name: 'Create contact' }).click()
    const form = page.getByRole('dialog', { name: 'New contact' })
    await form.getByLabel('First name').fill('Zoë')
    await form.getByLabel('Last name').fill('Quill')
    await form.getByLabel('E-mail').fill('not an address')
    await form.getByLabel('E-mail').evaluate((input) => input.setAttribute('type', 'text'))
    await form.getByRole('button', { name: 'Create contact' }).click()
    await expect(form.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true')
    await form.getByLabel('E-mail').fill('zoe.quill@mail.example')
    await form.getByRole('combobox', { name: 'Tags' }).fill('journey')
    await form.getByRole('combobox', { name: 'Tags' }).press('Enter')
    // Leaves the field, so that its suggestions close.
    await form.getByRole('combobox', { name: 'Tags' }).press('Tab')
    await form.getByRole('button', { name: 'Create contact' }).click()
    await expect(page.getByRole('heading', { name: 'Zoë Quill' })).toBeVisible()
  })
  const id = page.url().split('/').at(-1) ?? ''

  await test.step('filter by tag, and keep the view', async () => {
    await page.getByRole('link', { name: 'Contacts', exact: true }).first().click()
    await filterByTag(page, 'journey')
    await expect(page.getByText('1 contact', { exact: true })).toBeVisible()
    await expect(page).toHaveURL(/[?&]f=/)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click()
    await page.getByLabel('Name', { exact: true }).fill('On a journey')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('button', { name: 'On a journey' }).click()
    await page.getByRole('menuitem', { name: 'All contacts' }).click()
    await expect(page.getByText('1 contact', { exact: true })).toBeHidden()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'On a journey' }).click()
    await expect(page.getByText('Tag is journey')).toBeVisible()
    await expect(page.getByText('1 contact', { exact: true })).toBeVisible()
  })

  await test.step('tag in bulk, by the keyboard', async () => {
    // Its keys are its own until it is gone.
    await expect(page.getByRole('menu')).toBeHidden()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    const bar = page.getByRole('region', { name: 'Chosen rows' })
    await expect(bar.getByText('1 contact chosen')).toBeVisible()
    await bar.getByRole('button', { name: 'Add tags' }).click()
    const dialog = page.getByRole('dialog', { name: /Add tags to/ })
    await dialog.getByRole('combobox', { name: 'Tags' }).fill('in bulk')
    await dialog.getByRole('combobox', { name: 'Tags' }).press('Enter')
    await dialog.getByRole('combobox', { name: 'Tags' }).press('Tab')
    await dialog.getByRole('button', { name: 'Add tags' }).click()
    await expect(table.getByText('in bulk')).toBeVisible()
  })

  await test.step('open: change a field, write a note, add a task', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Zoë Quill' })).toBeVisible()
    await page.getByRole('button', { name: /^Change City/ }).click()
    await page.getByLabel('City', { exact: true }).fill('Utrecht')
    await page.getByLabel('City', { exact: true }).press('Enter')
    await expect(page.getByRole('button', { name: 'Change City, now Utrecht' })).toBeVisible()
    await page.getByLabel('Write a note').fill('Rang twice.')
    await page.getByRole('button', { name: 'Add note' }).click()
    await expect(page.getByRole('list', { name: 'Notes' }).getByText('Rang twice.')).toBeVisible()
    await page.getByRole('tab', { name: 'Tasks' }).click()
    await page.getByLabel('New task').fill('Send the offer')
    await page.getByRole('button', { name: 'Add task' }).click()
    await page.getByLabel('Done: Send the offer').click()
    await expect(page.getByLabel('Done: Send the offer')).toBeChecked()
    await page.getByRole('tab', { name: 'Activity' }).click()
    await expect(page.getByRole('list', { name: 'Activity' }).getByText('Task done')).toBeVisible()
  })

  await test.step('find it by its id', async () => {
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: /paste any id/ }).fill(id)
    await page.getByRole('option', { name: /Zoë Quill/ }).click()
    await expect(page).toHaveURL(new RegExp(`/contacts/${id}$`))
  })

  await test.step('delete', async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Delete contact' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete Zoë Quill?' })
    await expect(dialog.getByRole('button', { name: 'Delete contact' })).toBeDisabled()
    await dialog.getByLabel(/Type Zoë Quill/).fill('Zoë Quill')
    await dialog.getByRole('button', { name: 'Delete contact' }).click()
    await expect(table).toBeVisible()
    await page.goto(`${page.url().split('?')[0]}/${id}`)
    await expect(page.getByText(/Contact not found/).first()).toBeVisible()
  })
})
