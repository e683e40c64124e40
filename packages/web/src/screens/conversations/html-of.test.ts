import { expect, test } from 'vitest'
import { htmlOf } from './html-of.js'

test('typed lines become paragraphs without turning into markup; HTML stays as it was written', () => {
  expect(htmlOf('Hi Ada,\nsee you <3\n\nMaya & co')).toBe('<p>Hi Ada,<br>see you &lt;3</p><p>Maya &amp; co</p>')
  expect(htmlOf('<p>Hi</p>')).toBe('<p>Hi</p>')
})
