import { apiModule, GET, POST, t } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import { describe, expect, test } from 'vitest'
import { openApi, shapeHash, surface } from './openapi.js'

const things = apiModule({ name: 'things', version: '2021-07-28', scope: 'things', reaches: 'none' })
const Thing = t.Object({ id: t.String(), name: t.Optional(t.String()) })
const rows = (extra: object = {}) =>
  things.resource('thing', '/things', {
    get: GET('/:id', { id: 'get-thing', reply: t.Object({ thing: Thing }) }),
    create: POST('', { id: 'create-thing', body: t.Object({ name: t.String(), ...extra }), status: 201, reply: Thing }),
  })

describe('surface', () => {
  test('an operation is one line: method, path, versions, scope, status, shapes, key', () => {
    const [, get] = surface([rows().get]).split('\n')
    expect(get).toMatch(/^GET\t\/things\/:id\tdated,v3\tthings\.readonly\t200\t[0-9a-f]{12}\tthings\.thing\.get$/)
  })

  test('a changed body changes the line, the same body written in another order does not', () => {
    const name = { first: t.String(), second: t.String() }
    const turned = { second: t.String(), first: t.String() }
    expect(shapeHash(rows(name).create)).not.toBe(shapeHash(rows().create))
    expect(shapeHash(rows(turned).create)).toBe(shapeHash(rows(name).create))
  })

  test('lines are sorted, so that two branches that add operations do not meet at the end of the file', () => {
    const { get, create } = rows()
    expect(surface([get, create])).toBe(surface([create, get]))
  })
})

describe('OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApi('things', Object.values(rows()))))

  test('a path parameter, its operation and its official id are there', () => {
    const get = document.paths['/things/{id}'].get
    expect(get.parameters[0]).toEqual({ name: 'id', in: 'path', required: true, schema: { type: 'string' } })
    expect(get).toMatchObject({
      operationId: 'things.thing.get',
      'x-official-id': 'get-thing',
      security: [{ location: ['things.readonly'] }],
    })
  })

  test('a body and its success status are there', () => {
    const { requestBody, responses } = document.paths['/things'].post
    expect(requestBody.content['application/json'].schema.required).toEqual(['name'])
    expect(Object.keys(responses)).toContain('201')
  })

  test('no two operations share method and path, or one would be missing from its document', () => {
    const addresses = allOperations.map(({ method, path }) => `${method} ${path}`)
    expect(addresses.filter((each, at) => addresses.indexOf(each) !== at)).toEqual([])
  })
})
