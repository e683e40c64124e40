import { describe, expect, it } from 'vitest'
import { adviceFor, byField, problemOf } from './problem.js'

const headers = new Headers({ 'retry-after': '7' })

describe('a refusal of the server', () => {
  it('keeps every violation and the trace id', () => {
    const problem = problemOf(
      422,
      { message: ['name must be a string', 'name should not be empty'], error: 'Unprocessable Entity', traceId: 't1' },
      new Headers(),
    )
    expect(problem.messages).toEqual(['name must be a string', 'name should not be empty'])
    expect(problem.traceId).toBe('t1')
  })

  it('has a sentence even where the server gave none', () => {
    expect(problemOf(502, {}, new Headers()).messages).toEqual(['The server answered with status 502.'])
    expect(problemOf(400, { error: 'invalid_grant' }, new Headers()).messages).toEqual(['invalid_grant'])
  })

  it('says how long to wait', () => {
    expect(adviceFor(problemOf(429, { message: 'Too Many Requests' }, headers))).toBe('Wait 7 seconds and try again.')
  })
})

describe('violations by field', () => {
  const problem = problemOf(
    422,
    {
      message: [
        'name must be a string',
        'name should not be empty',
        'redirectUris.1 must be a URL',
        'property x should not exist',
      ],
    },
    new Headers(),
  )

  it('gives each field its first one, items of a list included, and leaves the others', () => {
    const { fields, rest } = byField(problem, ['name', 'redirectUris'])
    expect(fields).toEqual({ name: 'Must be a string', redirectUris: 'Must be a URL' })
    expect(rest).toEqual(['property x should not exist'])
  })

  it('never takes a field for another whose name it begins with', () => {
    expect(byField(problem, ['nam']).fields).toEqual({})
  })
})
