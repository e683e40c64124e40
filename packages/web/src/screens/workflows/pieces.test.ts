import { expect, test } from 'vitest'
import { piecesOf } from './pieces.js'

const id = 'Afaae2RWml313idsShoU'
const uuid = '0190d3a4-1c2b-7def-8a9b-0123456789ab'

test('what a step says it made is told apart from the words around it', () => {
  expect(piecesOf(`message ${id}, sent`)).toEqual([{ text: 'message ' }, { text: id, kind: 'message' }, { text: ', sent' }])
  expect(piecesOf(`put into workflow ${uuid}`)).toEqual([{ text: 'put into workflow ' }, { text: uuid, kind: 'workflow' }])
})

test('words alone, and what is gone, lead nowhere', () => {
  for (const reason of ['added still', `deleted opportunity ${id}`, 'message of the day'])
    expect(piecesOf(reason)).toEqual([{ text: reason }])
  expect(piecesOf('')).toEqual([])
})
