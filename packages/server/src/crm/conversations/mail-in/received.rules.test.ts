import { expect, test } from 'vitest'
import { answersOf, bounceOf, isAutomatic, messageIdOf, tokenOf, withFileLinks } from './received.rules.js'

const token = '0123456789abcdef01234567'

test('a token is read from addresses of ours alone, whatever stands before the plus sign and however it is written', () => {
  expect(tokenOf(`reply+${token}@mail.example`, 'mail.example')).toBe(token)
  expect(tokenOf(`${token}@mail.example`, 'mail.example')).toBe(token)
  expect(tokenOf(`REPLY+${token.toUpperCase()}@Mail.Example`, 'mail.example')).toBe(token)
  for (const address of [
    `reply+${token}@other.example`,
    `reply+${token}0@mail.example`,
    'reply@mail.example',
    '',
    '@mail.example',
  ])
    expect(tokenOf(address, 'mail.example')).toBeUndefined()
})

test('what a mail answers comes nearest first, without what could stand in no header', () => {
  expect(answersOf('<c@x>', '<a@x> <b@x>\r\n <c@x>')).toEqual(['<c@x>', '<b@x>', '<a@x>'])
  expect(answersOf(undefined, ['<a@x>', 'none', `<${'y'.repeat(400)}@x>`])).toEqual(['<a@x>'])
  expect(messageIdOf('<a b@x>')).toBeUndefined()
})

const report = (action: string) =>
  [
    'Message-ID: <report@mx.example>',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; ada@mail.example',
    `Action: ${action}`,
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such',
    ' user',
    '',
    'Message-ID: <AflsNHwa9IeBkLxwt4Zv@agency.example>',
  ].join('\r\n')

test('a report of delivery names the mail and the reason, and says nothing where nothing failed', () => {
  expect(bounceOf(report('failed'))).toEqual({
    recipient: 'ada@mail.example',
    status: '5.1.1',
    message: '550 5.1.1 No such user',
    host: 'mx.example',
    emailIds: ['AflsNHwa9IeBkLxwt4Zv'],
  })
  expect(bounceOf(report('delayed'))).toBeUndefined()
  expect(bounceOf('')).toBeUndefined()
})

test('links to parts of a mail lead to their files', () => {
  const html = withFileLinks('<img src="cid:one"><img src=cid:two>', new Map([['one', 'https://f.example/1']]))
  expect(html).toBe('<img src="https://f.example/1"><img src=cid:two>')
})

test('a mail says that a program wrote it, in any of the ways that programs have', () => {
  const says = (headers: Readonly<Record<string, string>>) => isAutomatic((name) => headers[name])
  for (const headers of [
    { 'auto-submitted': ' auto-replied; owner-email="a@b.example"' },
    { precedence: ' Bulk' },
    { precedence: 'auto_reply' },
    { 'x-autoreply': 'yes' },
    { 'list-id': '<news.example>' },
  ])
    expect(says(headers as unknown as Record<string, string>)).toBe(true)
  for (const headers of [{}, { 'auto-submitted': 'No' }, { precedence: 'first-class' }])
    expect(says(headers as unknown as Record<string, string>)).toBe(false)
})
