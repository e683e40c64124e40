import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

test('a calendar is opened, a free time booked, the appointment moved to shown up, a lunch blocked', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  await signInAs(page, demo, 'location-admin')
  const base = `/portal/sub-account/${demo.locations[0]?.id}/calendars`
  await page.goto(`${base}/settings`)

  await test.step('open a calendar', async () => {
    await page.getByRole('button', { name: 'New calendar' }).first().click()
    const form = page.getByRole('dialog', { name: 'New calendar' })
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Boat trials')
    await form.getByRole('combobox', { name: 'Team' }).click()
    await form.getByRole('option').first().click()
    await page.keyboard.press('Tab')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('row', { name: /Boat trials/ })).toBeVisible()
  })

  const day = new Date(Date.now() + 21 * 86_400_000)
  // A Wednesday, which the new calendar is open on.
  day.setUTCDate(day.getUTCDate() + ((10 - day.getUTCDay()) % 7))
  const text = day.toISOString().slice(0, 10)

  await test.step('book what is free', async () => {
    await page.goto(`${base}?day=${text}`)
    await page.getByRole('combobox', { name: 'Calendar' }).click()
    await page.getByRole('option', { name: 'Boat trials' }).click()
    await page.getByRole('button', { name: 'New appointment' }).click()
    const form = page.getByRole('dialog', { name: 'New appointment' })
    await form.getByRole('combobox', { name: 'Calendar' }).click()
    await form.getByRole('option', { name: 'Boat trials' }).click()
    await form.getByRole('combobox', { name: 'Contact' }).click()
    await form.getByRole('option').first().click()
    await form.getByLabel('Title').fill('Trial at sea')
    await form.getByRole('combobox', { name: 'Free times' }).click()
    await form.getByRole('option', { name: '11:00 AM' }).click()
    await expect(form.getByLabel('From')).toHaveValue('11:00')
    await form.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(page.getByRole('button', { name: /Trial at sea.*to 11:30/ })).toBeVisible()
  })

  await test.step('say that they came', async () => {
    await page.getByRole('button', { name: /Trial at sea/ }).click()
    const form = page.getByRole('dialog', { name: 'Appointment' })
    await form.getByRole('combobox', { name: 'State' }).click()
    await form.getByRole('option', { name: 'Showed up' }).click()
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('button', { name: /Trial at sea.*Showed up/ })).toBeVisible()
  })

  await test.step('block lunch, and see both in the month', async () => {
    await page.getByRole('button', { name: 'Block a time' }).click()
    const form = page.getByRole('dialog', { name: 'Block a time' })
    await form.getByRole('combobox', { name: 'Calendar' }).click()
    await form.getByRole('option', { name: 'Boat trials' }).click()
    await form.getByLabel('Why').fill('Lunch aboard')
    await form.getByLabel('From').fill(`${text}T12:00`)
    await form.getByLabel('To').fill(`${text}T13:00`)
    await form.getByRole('button', { name: 'Block', exact: true }).click()
    await page.getByText('Month', { exact: true }).click()
    await expect(page.getByRole('button', { name: /Trial at sea/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /Lunch aboard.*blocked/ })).toBeVisible()
  })
})
