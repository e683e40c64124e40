import { violations } from './axe.js'
import { expect, test } from './world.js'

test('a browser that opens the address lands in the portal', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/portal/)
  await expect(page.getByRole('heading').first()).toBeVisible()
})

test('the first page has no accessibility violation', async ({ page }) => {
  await page.goto('/portal')
  await expect(page.getByRole('heading').first()).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('a program that asks for the head of a page alone finds it', async ({ request }) => {
  expect((await request.head('/portal')).status()).toBe(200)
})

test('the API answers beside the portal, in the wire form of a refusal', async ({ request }) => {
  const reply = await request.get('/contacts/', { headers: { version: '2021-07-28' } })
  expect(reply.status()).toBe(401)
  expect(await reply.json()).toMatchObject({ statusCode: 401 })
})
