import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

test('a workflow is built by keys and mouse, refused where it is wrong, published, and a contact is seen going through', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/automation/workflows`)
  await page.getByRole('button', { name: 'New workflow' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Boats')
  await page.getByRole('button', { name: 'Create workflow' }).click()
  const canvas = page.getByRole('group', { name: 'Workflow', exact: true })

  await test.step('a step by the mouse', async () => {
    await canvas.getByRole('button', { name: 'Add step here' }).first().click()
    await page.getByRole('menuitem', { name: 'Add tag' }).click()
    await expect(page.getByRole('combobox', { name: 'Tags' })).toBeFocused()
  })
  await test.step('what is wrong stands at its step', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(canvas.getByRole('button', { name: /^Step: Add tag.*Refused: tags should not be empty/ })).toBeVisible()
    await page.getByRole('combobox', { name: 'Tags' }).fill('sailor')
    await page.keyboard.press('Enter')
  })
  await test.step('a step by the keys, out and back', async () => {
    await canvas.getByRole('button', { name: /^Step: Add tag/ }).focus()
    await page.keyboard.press('+')
    await expect(page.getByRole('menuitem', { name: 'Write note' })).toBeVisible()
    await page.getByRole('menuitem', { name: 'Write note' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Note' }).fill('Likes boats.')
    await canvas.getByRole('button', { name: /^Step: Write note/ }).focus()
    await page.keyboard.press('Delete')
    await expect(canvas.getByRole('button', { name: /^Step: Write note/ })).toBeHidden()
    await page.keyboard.press('Control+z')
    await expect(canvas.getByRole('button', { name: /^Step: Write note.*Likes boats/ })).toBeVisible()
  })
  await test.step('published, tried, gone through', async () => {
    await page.getByRole('button', { name: 'Save and publish' }).click()
    await expect(page.getByText('Published', { exact: true })).toBeVisible()
    await page.getByRole('tab', { name: 'Try it' }).click()
    await page.getByRole('combobox', { name: 'Contact' }).click()
    await page.getByRole('option').first().click()
    await page.getByRole('button', { name: 'Put the contact in' }).click()
    await page.getByRole('tab', { name: 'Runs' }).click()
    await expect(page.getByRole('cell', { name: 'Finished' })).toBeVisible()
    await page.locator('tbody tr').first().click()
    await expect(canvas.getByRole('button', { name: /^Step: Write note.*Done/ })).toBeVisible()
  })
})
