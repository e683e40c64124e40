import type { Operation, TSchema } from '@groundlevel/contract-kit'
import { coerce } from '../../http/validate/coerce.js'
import { type Schema, schemaOf, unwrap } from '../../http/validate/schema.js'
import { storable } from '../../http/validate/text.js'
import { valueViolations } from '../../http/validate/violations.js'
import { type Asked, type Asker, requestFor, written } from './requests.js'

/** A request that nobody should send, as it goes over the wire. */
export interface Malformed {
  readonly title: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string | Buffer
  /** The field that was made wrong: a 422 must speak of it. */
  readonly field?: string
}

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** Values as JSON text: what is no JSON value at all can be written too. */
const wrongValues: Readonly<Record<string, string>> = {
  null: 'null',
  'a number': '7',
  'a negative number': '-1',
  'a broken number': '1.5',
  'a number beyond every integer': '9007199254740993',
  'a number beyond PostgreSQL': '1e308',
  'a number that is infinite': '1e999',
  true: 'true',
  'an empty text': '""',
  'blanks alone': '"  \\t\\n "',
  'a null character': '"a\\u0000b"',
  'half a surrogate pair': '"a\\ud800b"',
  'text of every script': '"é 漢字 עברית 👩‍👩‍👧 ‮abc"',
  'quotes and signs of SQL': `"'; drop table contacts; -- %_\\\\ \\" $1"`,
  'a template': '"{{7*7}} #{7*7} <script>alert(1)</script>"',
  'a long text': JSON.stringify('x'.repeat(70_000)),
  'an empty list': '[]',
  'a list of nulls': '[null,null]',
  'a list of lists': '[[["a"]]]',
  'a list of many': `[${'"a",'.repeat(3000)}"a"]`,
  'a list of unlike things': '[1,"a",true,null,{"a":1}]',
  'an empty object': '{}',
  'an object with odd names': '{"constructor":1,"toString":"x","":2}',
  'an object that nests deep': nested(60),
  'a name with a null character': '{"a\\u0000":1}',
}

/** Texts as they stand in an address, percent-encoded or not. */
const wrongTexts: Readonly<Record<string, string>> = {
  nothing: '',
  blanks: '%20%20',
  'a null character': 'a%00b',
  'a broken percent sign': '%E0%A4%A',
  'bytes that are no UTF-8': '%ED%A0%80',
  'a long text': 'x'.repeat(3000),
  'another script': '%E6%BC%A2%F0%9F%91%A9',
  'signs of SQL': '%27%3B--%25_%5C',
  'a negative number': '-1',
  'a huge number': '99999999999999999999999999',
  'a number with an exponent': '1e400',
  'not a number': 'NaN',
  'a hexadecimal number': '0x10',
  'a word': 'undefined',
  'a prototype': '__proto__',
  'a date that is none': '2026-13-45T99:99:99Z',
  'an object': '%7B%22a%22%3A1%7D',
}

const shapeOf = (shape: unknown): Schema => (shape ? schemaOf(shape as TSchema) : {})

const inPath = (operation: Operation, asked: Asked): Malformed[] =>
  Object.keys(asked.params).flatMap((name) =>
    Object.entries(wrongTexts).map(([what, text]) => {
      const marked = { ...asked, params: { ...asked.params, [name]: 'HERE' } }
      const { url, headers, payload } = written(operation, marked)
      return { title: `path ${name}: ${what}`, url: url.replace('HERE', text), headers, ...(payload ? { payload } : {}) }
    }),
  )

const withQuery = (operation: Operation, asked: Asked, more: string) => {
  const { url, headers, payload } = written(operation, asked)
  return { url: `${url}${url.includes('?') ? '&' : '?'}${more}`, headers, ...(payload ? { payload } : {}) }
}

const without = (asked: Asked, name: string): Asked => {
  const { [name]: _, ...query } = asked.query
  return { ...asked, query }
}

const tenantFields = new Set(['locationId', 'companyId', 'altId'])

const inQuery = (operation: Operation, asked: Asked): Malformed[] =>
  Object.entries(shapeOf(operation.query).properties ?? {}).flatMap(([name, declared]) => {
    const bare = without(asked, name)
    const single = Object.entries(wrongTexts).map(([what, text]) => ({
      title: `query ${name}: ${what}`,
      ...withQuery(operation, bare, `${name}=${text}`),
      // An empty field that is not text counts as absent, and broken encoding as whatever is left of it.
      ...(text === '' || text.includes('%') ? {} : refused(name, declared, coerce(declared, text))),
    }))
    const forms = [`${name}=1&${name}=2`, `${name}[]=1&${name}[]=2`, `${name}[a]=1`, `${name}[__proto__]=1`, `${name}[a][b]=1`]
    return [...single, ...forms.map((form) => ({ title: `query ${form}`, ...withQuery(operation, asked, form) }))]
  })

const anyQuery = (operation: Operation, asked: Asked): Malformed[] =>
  [
    '',
    '&&&',
    '=',
    '%',
    '%00=1',
    '__proto__=1',
    '__proto__[a]=1',
    'constructor=1',
    'hasOwnProperty=1',
    'toString=1',
    '[]=1',
    'a[=1',
    'a]=1',
    '%ED%A0%80=1',
    `${'a'.repeat(4000)}=1`,
    Array.from({ length: 300 }, (_, at) => `n${at}=1`).join('&'),
  ].map((more) => ({ title: `query ${more.slice(0, 30)}`, ...withQuery(operation, asked, more) }))

/** A body in which one field is written as this text. */
const bodyWith = (body: Record<string, unknown>, name: string, text: string) => {
  const { [name]: _, ...others } = body
  const rest = JSON.stringify(others).slice(1, -1)
  return `{${rest === '' ? '' : `${rest},`}${JSON.stringify(name)}:${text}}`
}

/** Whether the field's own shape refuses the value: only then must the refusal speak of this field. */
const refused = (name: string, declared: Schema, value: unknown) => {
  if (tenantFields.has(name)) return {}
  const wrong = valueViolations(declared, value, name).length > 0 || (typeof value === 'string' && !storable(value))
  return wrong ? { field: name } : {}
}

const small = Object.entries(wrongValues).filter(([, text]) => text.length < 1000)

const inField = (
  operation: Operation,
  asked: Asked,
  [name, declared]: readonly [string, Schema],
  values: readonly (readonly [string, string])[],
) => {
  const { url, headers } = written(operation, asked)
  return values.map(([what, text]): Malformed => {
    return {
      title: `body ${name}: ${what}`,
      url,
      headers,
      payload: bodyWith(asked.body ?? {}, name, text),
      ...refused(name, declared, JSON.parse(text)),
    }
  })
}

/** Fields of objects and of objects in lists, one level down. */
const inside = (operation: Operation, asked: Asked, name: string, declared: Schema): Malformed[] => {
  const { schema } = unwrap(declared)
  const { schema: item } = unwrap(schema.type === 'array' ? (schema.items ?? {}) : schema)
  const { url, headers } = written(operation, asked)
  return Object.keys(item.properties ?? {}).flatMap((inner) =>
    small
      .filter((_, at) => at % 3 === inner.length % 3)
      .map(([what, text]): Malformed => {
        const object = `{${JSON.stringify(inner)}:${text}}`
        const payload = bodyWith(asked.body ?? {}, name, schema.type === 'array' ? `[${object}]` : object)
        const value = JSON.parse(schema.type === 'array' ? `[${object}]` : object) as unknown
        return { title: `body ${name}.${inner}: ${what}`, url, headers, payload, ...refused(name, declared, value) }
      }),
  )
}

const inBody = (operation: Operation, asked: Asked): Malformed[] => {
  const entries = Object.entries(shapeOf(operation.body).properties ?? {})
  return entries.flatMap(([name, schema], at) => {
    // Every field gets every value of ordinary size; the big ones go to a few fields, or they would cost minutes.
    const values = at < 3 ? Object.entries(wrongValues) : small
    return [...inField(operation, asked, [name, schema], values), ...inside(operation, asked, name, schema)]
  })
}

/** Bodies that are wrong as a whole, for operations that take none too. */
const wholeBodies: Readonly<Record<string, string>> = {
  'a list': '[]',
  'a list of objects': '[{}]',
  'a text': '"a"',
  'a number': '1',
  null: 'null',
  true: 'true',
  'no JSON': '{"a":',
  'more than JSON': '{}}',
  'a comment': '{} // a',
  'single quotes': "{'a':1}",
  'a byte order mark': '﻿{}',
  'a prototype': '{"__proto__":{"polluted":1}}',
  'a constructor': '{"constructor":{"prototype":{"polluted":1}}}',
  'a field twice': '{"a":1,"a":2}',
  'a nest deeper than a stack': '['.repeat(50_000),
  'a closed nest': nested(5000),
  'a null character outside of text': '{"a":\u0000}',
  nothing: '',
  blanks: '   ',
  'more than is taken': `{"a":"${'x'.repeat(1_100_000)}"}`,
}

const asWhole = (operation: Operation, asked: Asked): Malformed[] => {
  const { url } = written(operation, asked)
  const { version = '' } = written(operation, asked).headers
  const json = { version, 'content-type': 'application/json' }
  const bodies = Object.entries(wholeBodies).map(([what, payload]) => ({ title: `body: ${what}`, url, headers: json, payload }))
  const text = JSON.stringify(asked.body ?? {})
  const types = [
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/octet-stream',
    'nonsense',
    '',
  ]
  const typed = types.map((type) => ({ title: `type ${type}`, url, headers: { version, 'content-type': type }, payload: text }))
  const bytes = {
    title: 'bytes that are no UTF-8',
    url,
    headers: json,
    payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  }
  const keys = ['', ' ', 'x'.repeat(5000), '\u00ff'].map((key) => ({
    title: `Idempotency-Key ${key.slice(0, 10)}`,
    url,
    headers: { ...json, 'idempotency-key': key },
    payload: text,
  }))
  return [...bodies, ...typed, bytes, ...keys]
}

/** Everything that can be wrong about a request for this operation, one thing at a time. */
export const malformedRequests = (operation: Operation, asker: Asker): Malformed[] => {
  const asked = requestFor(operation, asker)
  return [
    ...inPath(operation, asked),
    ...inQuery(operation, asked),
    ...anyQuery(operation, asked),
    ...(operation.body ? inBody(operation, asked) : []),
    ...asWhole(operation, asked),
  ]
}
