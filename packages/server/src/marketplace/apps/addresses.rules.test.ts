import { describe, expect, test } from 'vitest'
import { redirectUriFault, webhookUrlFault, websiteFault } from './addresses.rules.js'

const [local, production] = [false, true]

describe('a redirect URL', () => {
  test.each([
    'https://app.example/cb',
    'https://app.example',
    'https://app.example/OAuth/callback/gohighlevel',
    'https://app.example:8443/cb?tenant=1&x=%2F',
    'https://xn--bcher-kva.example/cb',
    'https://10.0.0.8/cb',
    'HTTPS://app.example/cb',
  ])('%s is taken anywhere', (uri) => {
    expect([redirectUriFault(uri, local), redirectUriFault(uri, production)]).toEqual(['', ''])
  })

  test.each(['http://127.0.0.1:4100/oauth/callback', 'http://localhost:3000/cb', 'http://[::1]:3000/cb', 'http://LOCALHOST/cb'])(
    '%s is taken on a local start only',
    (uri) => {
      expect(redirectUriFault(uri, local)).toBe('')
      expect(redirectUriFault(uri, production)).toMatch(/https/)
    },
  )

  test.each([
    ['http://app.example/cb', /https/],
    ['http://127.0.0.1.evil.example/cb', /https/],
    ['http://localhost.evil.example/cb', /https/],
    ['http://192.168.0.2/cb', /https/],
    ['https://app.example/cb#', /fragment/],
    ['https://app.example/cb#x', /fragment/],
    ['https://*.app.example/cb', /wildcard/],
    ['https://app.example/*', /wildcard/],
    ['https://user@app.example/cb', /user name/],
    ['https://user:pass@app.example/cb', /user name/],
    ['https://app.example@evil.example/cb', /user name/],
    ['javascript:alert(1)', /not javascript:/],
    ['JavaScript:alert(1)', /not javascript:/],
    ['data:text/html,x', /not data:/],
    ['myapp://cb', /not myapp:/],
    ['ftp://app.example/cb', /not ftp:/],
    ['file:///etc/passwd', /not file:/],
    ['/cb', /absolute/],
    ['//app.example/cb', /absolute/],
    ['app.example/cb', /absolute/],
    ['', /absolute/],
    ['https:///cb', /whole address/],
    ['https:app.example/cb', /whole address/],
    ['https:/app.example/cb', /whole address/],
    ['https:\\\\app.example\\cb', /whole address/],
    ['https://app.example\\@evil.example/cb', /user name|whole address/],
    ['https://app.example/a\\b', /whole address/],
    ['https://app.example/a b', /whole address/],
    ['https://app.example/a\nb', /whole address/],
    ['https://app.example/\tcb', /whole address/],
    [' https://app.example/cb', /absolute/],
    ['https://app.example/cb ', /whole address/],
    ['https://bücher.example/cb', /whole address/],
    ['https://app.example/ü', /whole address/],
    ['https://app.example:99999/cb', /whole address/],
    ['https://[::1/cb', /whole address/],
    ['https://exa mple/cb', /whole address/],
    ['https://?x', /whole address/],
  ])('%j is refused', (uri, why) => {
    expect(redirectUriFault(uri, local)).toMatch(why)
  })
})

describe('a webhook URL', () => {
  test.each(['https://hooks.example/in', 'http://hooks.example/in', 'https://hooks.example/in?key=*'])(
    '%s is taken anywhere',
    (url) => {
      expect([webhookUrlFault(url, local), webhookUrlFault(url, production)]).toEqual(['', ''])
    },
  )

  test.each([
    'http://127.0.0.1:4100/webhooks',
    'http://localhost/in',
    'http://LOCALHOST./in',
    'http://a.localhost/in',
    'http://[::1]/in',
    'http://[::ffff:127.0.0.1]/in',
    'http://127.1/in',
    'http://2130706433/in',
    'http://0x7f.1/in',
    'http://0.0.0.0/in',
    'http://10.1.2.3/in',
    'http://192.168.1.1/in',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/in',
    'http://[fd00::1]/in',
    'http://[fe80::1]/in',
  ])('%s is taken on a local start and refused in production', (url) => {
    expect(webhookUrlFault(url, local)).toBe('')
    expect(webhookUrlFault(url, production)).toMatch(/private/)
  })

  test.each([
    'ftp://hooks.example',
    'javascript:alert(1)',
    'https://user@hooks.example/',
    'https://hooks.example/#x',
    'hooks.example',
  ])('%s is refused', (url) => {
    expect(webhookUrlFault(url, local)).not.toBe('')
  })
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'www.app.example'])('%s is no website', (url) => {
  expect(websiteFault(url)).not.toBe('')
})
