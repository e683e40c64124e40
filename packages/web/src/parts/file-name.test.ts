import { expect, test } from 'vitest'
import { fileNameIn } from './file-name.js'

test('a file is named by the end of its address, however badly that was written', () => {
  expect(fileNameIn('https://files.example/a/Price%20list.pdf')).toBe('Price list.pdf')
  expect(fileNameIn('https://files.example/a/100%.pdf')).toBe('100%.pdf')
  expect(fileNameIn('https://files.example/a/')).toBe('https://files.example/a/')
})
