import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demoWorld, signInAs } from './people.js'
import { expect, test } from './world.js'

test('an order with a coupon is paid on its own page by its buyer, sent, and shows up with the customer', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  const locationId = demo.locations[0]?.id
  const payments = `/portal/sub-account/${locationId}/payments`
  await signInAs(page, demo, 'location-admin')

  await test.step('coupon', async () => {
    await page.goto(`${payments}/coupons`)
    await page.getByRole('button', { name: 'New coupon' }).first().click()
    const form = page.getByRole('dialog', { name: 'New coupon' })
    await form.getByRole('textbox', { name: 'Code' }).fill('HALF')
    await form.getByRole('textbox', { name: 'Per cent' }).fill('50')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('row', { name: /HALF.*50 %.*Active/ })).toBeVisible()
  })

  await test.step('order', async () => {
    await page.goto(`${payments}/orders`)
    await page.getByRole('button', { name: 'New order' }).first().click()
    const form = page.getByRole('dialog', { name: 'New order' })
    await form.getByRole('combobox', { name: 'Customer' }).click()
    await page.getByRole('option').first().click()
    await form.getByRole('combobox', { name: 'Product 1' }).click()
    await page.getByRole('option', { name: 'Whitening kit' }).click()
    await form.getByRole('combobox', { name: 'Price 1' }).click()
    await page.getByRole('option', { name: /Standard/ }).click()
    await form.getByRole('textbox', { name: 'Coupon' }).fill('half')
    await form.getByRole('button', { name: 'Create order' }).click()
    await expect(page.getByRole('heading', { name: 'Order of $24.50' })).toBeVisible()
  })

  const order = page.url()
  await test.step('the buyer pays', async () => {
    const id = new URL(order).pathname.split('/').pop()
    const headers = { authorization: `Bearer ${demo.tokens.location}`, version: '2021-07-28' }
    const asked = `/payments/orders/${id}/payment-link?altId=${locationId}&altType=location`
    const { url } = await (await request.get(asked, { headers })).json()
    await page.goto(url)
    await page.getByRole('button', { name: 'Let it be declined' }).click()
    await expect(page.getByRole('alert')).toContainText('declined')
    await page.getByRole('button', { name: 'Pay $24.50' }).click()
    await expect(page.getByText('This order is paid. Thank you.')).toBeVisible()
  })

  await test.step('send it', async () => {
    await page.goto(order)
    await expect(page.getByRole('button', { name: 'Give back' })).toBeVisible()
    await page.getByRole('button', { name: 'Record as sent' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Record', exact: true }).click()
    await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Record as sent' })).toBeHidden()
  })

  await test.step('the customer', async () => {
    await page.goto(`${payments}/customers`)
    await page.locator('tbody a').first().click()
    await expect(page.getByRole('row', { name: /^Spent \$24.50/ })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Orders' }).getByText('$24.50')).toBeVisible()
  })
})

/** What an app shows in the frame: it says that it is ready, is told what to take, and reports that it took it. */
const frame = `<!doctype html><html lang="en"><title>Pay</title><main></main><script>
const say = (message) => parent.postMessage(JSON.stringify(message), '*')
addEventListener('message', ({ data }) => {
  const { type, amount, transactionId, publishableKey } = JSON.parse(data)
  if (type !== 'payment_initiate_props') return
  const button = document.createElement('button')
  button.textContent = 'Pay ' + amount + ' by ' + publishableKey
  button.onclick = () => say({ type: 'custom_element_success_response', chargeId: 'charge ' + transactionId })
  document.querySelector('main').replaceChildren(button)
})
say({ type: 'custom_provider_ready', loaded: true })
</script>`

const startProvider = async () => {
  const asked: Record<string, string>[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(frame)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    asked.push(JSON.parse(Buffer.concat(chunks).toString()))
    return response.setHeader('content-type', 'application/json').end('{"success":true}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { asked, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('an app takes the payment in its frame, and its server is asked before the order counts as paid', async ({
  page,
  request,
}) => {
  const demo = await demoWorld(request)
  const locationId = demo.locations[0]?.id
  const headers = { authorization: `Bearer ${demo.tokens.location}`, version: '2021-07-28' }
  const { asked, server, url } = await startProvider()
  try {
    const about = `/payments/custom-provider`
    const kept = { name: 'Boats', description: 'Pays', imageUrl: `${url}/logo.png`, supportsSubscriptionSchedule: false }
    const data = { ...kept, paymentsUrl: `${url}/pay`, queryUrl: `${url}/query` }
    await request.post(`${about}/provider?locationId=${locationId}`, { headers, data })
    const keys = (mode: string) => ({ apiKey: `secret-${mode}`, publishableKey: `pk-${mode}` })
    const connected = { live: keys('live'), test: keys('test') }
    await request.post(`${about}/connect?locationId=${locationId}`, { headers, data: connected })
    const alt = `altId=${locationId}&altType=location`
    const unpaid = await request.get(`/payments/orders?${alt}&paymentStatus=unpaid`, { headers })
    const [order] = (await unpaid.json()).data
    const link = await request.get(`/payments/orders/${order._id}/payment-link?${alt}`, { headers })
    await page.goto((await link.json()).url)
    await page.frameLocator('#provider').getByRole('button', { name: 'Pay 98 by pk-test' }).click()
    await expect(page.getByText('This order is paid. Thank you.')).toBeVisible()
    expect(asked).toMatchObject([{ type: 'verify', apiKey: 'secret-test', chargeId: `charge ${asked[0]?.transactionId}` }])
  } finally {
    await request.delete(`/payments/custom-provider/provider?locationId=${locationId}`, { headers })
    server.close()
  }
})
