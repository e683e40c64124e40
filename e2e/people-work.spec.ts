import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

const rows = ['First name;E-Mail;Mobile', 'Iris;iris.doe@mail.example;', 'Iris;;+14155550177', 'Bad;no address;']

test('a file is tried, imported and its refused row handed back; two of its people become one', async ({ page, request }) => {
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/contacts`)
  const table = page.getByRole('table', { name: 'Contacts' })

  await test.step('import', async () => {
    await page.getByRole('link', { name: 'Import' }).click()
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) }
    await page.locator('input[type=file]').setInputFiles(file)
    await expect(page.getByRole('combobox', { name: 'Field for Mobile' })).toHaveValue('Phone')
    await page.getByRole('button', { name: 'Try the import' }).click()
    await expect(page.getByRole('heading', { name: 'What would happen' })).toBeVisible()
    await expect(page.getByRole('row', { name: 'Would be created 2' })).toBeVisible()
    await page.getByRole('button', { name: 'Import in earnest' }).click()
    await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download what was refused' }).click(),
    ])
    let text = ''
    for await (const chunk of await download.createReadStream()) text += String(chunk)
    expect(text).toContain('row,reason,First name,E-Mail,Mobile')
    expect(text).toContain('3,email must be an email,Bad,no address,')
  })

  await test.step('merge', async () => {
    await page.getByRole('link', { name: 'Go to contacts' }).click()
    await table.getByRole('checkbox', { name: 'Choose Iris' }).nth(0).click()
    await table.getByRole('checkbox', { name: 'Choose Iris' }).nth(1).click()
    await page.getByRole('region', { name: 'Chosen rows' }).getByRole('button', { name: 'Merge' }).click()
    const dialog = page.getByRole('dialog', { name: 'Merge two contacts' })
    await expect(dialog.getByRole('row', { name: /E-mail.*Stays: iris.doe@mail.example/ })).toBeVisible()
    await expect(dialog.getByRole('row', { name: /Phone.*Stays: \+14155550177/ })).toBeVisible()
    await dialog.getByLabel(/Type Iris/i).fill('Iris')
    await dialog.getByRole('button', { name: 'Merge them' }).click()
    await expect(table.getByRole('checkbox', { name: 'Choose Iris' })).toHaveCount(1)
    await expect(table.getByRole('row', { name: /Iris.*iris.doe@mail.example.*\+14155550177/ })).toBeVisible()
  })
})
