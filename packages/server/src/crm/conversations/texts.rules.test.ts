import { expect, test } from 'vitest'
import { mailText } from './texts.rules.js'

test.each([
  [
    '<p>Please <a class="x" href="https://a.example/?x=1&amp;y=2">look</a> soon</p>',
    'Please look (https://a.example/?x=1&y=2) soon',
  ],
  ['<a href="https://a.example/">https://a.example/</a>', 'https://a.example/'],
  ['<a href="mailto:a@b.example">write</a> and <a>nothing</a>', 'write and nothing'],
  [
    '<a href="https://a.example/1">one<a href="https://a.example/2">two</a>',
    'one (https://a.example/1)two (https://a.example/2)',
  ],
])('the text part of %s names where its links lead', (html, text) => {
  expect(mailText(html)).toBe(text)
})
