import { describe, expect, it } from 'vitest'
import { argvOf, start } from './commands/start.js'
import { metaOf } from './consent.js'

describe('what the consent page carries', () => {
  it.each([
    ['<meta name="interaction" content="abc">', 'abc'],
    ["<meta content='a&quot;b&amp;c' name='interaction' />", 'a"b&c'],
    ['<meta name="interaction" content="">', ''],
    ['<meta name="interaction-other" content="x"><p>interaction</p>', ''],
    ['', ''],
  ])('is read out of %s', (html, content) => {
    expect(metaOf(html, 'interaction')).toBe(content)
  })
})

describe('start', () => {
  it('hands the server its own flags and keeps those of the example', () => {
    expect(argvOf({ example: false, port: '0', databaseUrl: 'postgres://x', production: true, seed: undefined })).toEqual([
      '--port',
      '0',
      '--database-url',
      'postgres://x',
      '--production',
    ])
  })

  it('refuses a switch that is neither on nor off before anything is started', async () => {
    const io = { out: () => {}, err: () => {}, env: { GROUNDLEVEL_EXAMPLE: 'maybe' }, signal: new AbortController().signal }
    await expect(start({ example: true }, io)).rejects.toThrow('GROUNDLEVEL_EXAMPLE is "maybe"; use on or off.')
  })
})
