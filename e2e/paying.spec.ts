import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demoWorld } from './people.js'
import { expect, test } from './world.js'

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
