import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { personOf } from '../packages/cli/src/demo-world.js'
import { signIn } from '../packages/cli/src/session.js'
import { type Demo, demoWorld, signInAs } from './people.js'
import { expect, type Page, test } from './world.js'

/** Signs somebody in and begins a workflow. @returns its canvas */
const newWorkflow = async (page: Page, demo: Demo, name: string) => {
  await signInAs(page, demo, 'location-admin')
  await page.goto(`/portal/sub-account/${demo.locations[0]?.id}/automation/workflows`)
  await page.getByRole('button', { name: 'New workflow' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Create workflow' }).click()
  return page.getByRole('group', { name: 'Workflow', exact: true })
}

test('a workflow is built by keys and mouse, refused where it is wrong, published, and a contact is seen going through', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  const canvas = await newWorkflow(page, demo, 'Boats')

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

/** An app that says what there is to choose, and sends everybody along the second branch. */
const scoringApp = async () => {
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? { options: [{ label: 'Strict', value: 'strict' }] } : { branchId: 'branch_2' }
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

test('a step that an app supplies asks the app what there is to choose, and the app’s answer chooses the branch', async ({
  page,
  request,
  world,
}) => {
  const demo = await demoWorld(request)
  const app = await scoringApp()
  const { client } = await signIn(world.url, personOf(demo as never, 'developer'))
  const appId = demo.apps.find(({ name }) => name === 'Lead Router')?.id ?? ''
  const model = { key: 'model', label: 'Model', type: 'select', required: true, url: `${app.url}/models` } as const
  const action = { key: 'score', name: 'Score a lead', url: `${app.url}/score`, fields: [model], branching: true }
  await client.apps.actions.create({ appId, body: action })
  const canvas = await newWorkflow(page, demo, 'Scores')

  await test.step('picked under the name of its app', async () => {
    await canvas.getByRole('button', { name: 'Add step here' }).first().click()
    await page.getByRole('group', { name: 'Lead Router' }).getByRole('menuitem', { name: 'Score a lead' }).click()
    await page.getByRole('combobox', { name: 'Model' }).click()
    await page.getByRole('option', { name: 'Strict' }).click()
    await page.getByRole('button', { name: 'Add branch' }).click()
    await page.getByRole('textbox', { name: 'Branch 2' }).fill('Warm')
    await expect(canvas.getByRole('button', { name: /^Step: Score a lead.*Lead Router · Model: strict/i })).toBeVisible()
  })
  await test.step('its branches are ways on the canvas', async () => {
    await canvas.getByRole('button', { name: /^Warm/ }).focus()
    await page.keyboard.press('+')
    await page.getByRole('menuitem', { name: 'Add tag' }).click()
    await page.getByRole('combobox', { name: 'Tags' }).fill('warm')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save and publish' }).click()
    await expect(page.getByText('Published', { exact: true })).toBeVisible()
  })
  await test.step('the answer of the app leads along one of them', async () => {
    await page.getByRole('tab', { name: 'Try it' }).click()
    await page.getByRole('combobox', { name: 'Contact' }).click()
    await page.getByRole('option').first().click()
    await page.getByRole('button', { name: 'Put the contact in' }).click()
    await page.getByRole('tab', { name: 'Runs' }).click()
    await expect(page.getByRole('cell', { name: 'Finished' })).toBeVisible()
    await page.locator('tbody tr').first().click()
    await expect(canvas.getByRole('button', { name: /^Step: Add tag.*Done/ })).toBeVisible()
    await expect(page.getByText('answered with branch Warm')).toBeVisible()
  })
  app.close()
})
