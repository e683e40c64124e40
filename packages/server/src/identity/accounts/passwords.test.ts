import { expect, test } from 'vitest'
import { createPasswords } from './passwords.js'

test('a password is kept as argon2id of 19 MiB, two passes and one lane, salted each time', async () => {
  const { hash } = createPasswords()
  const [first, second] = await Promise.all([hash('correct horse'), hash('correct horse')])
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,(p=1,t=2|t=2,p=1)\$/)
  expect(first).not.toBe(second)
})

test('only the right password is verified, and nothing where nobody is', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('correct horse')
  expect(await passwords.verify(stored, 'correct horse')).toBe(true)
  expect(await passwords.verify(stored, 'correct house')).toBe(false)
  expect(await passwords.verify(undefined, 'x')).toBe(false)
})

test('an unknown person takes the same work as a wrong password', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('correct horse')
  const timed = async (hash: string | undefined) => {
    const times = []
    for (let run = 0; run < 7; run++) {
      const from = process.cpuUsage()
      await passwords.verify(hash, 'wrong')
      // The processor's time, not the clock's: others work on this machine too.
      const { user, system } = process.cpuUsage(from)
      times.push(user + system)
    }
    return Math.min(...times)
  }
  const ratio = (await timed(undefined)) / (await timed(stored))
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('whoever would have to wait too long hears 503 with Retry-After at once', async () => {
  const passwords = createPasswords({ atOnce: 1, waiting: 1 })
  const let1 = passwords.hash('a')
  const let2 = passwords.hash('b')
  await expect(passwords.hash('c')).rejects.toMatchObject({ status: 503, options: { headers: { 'retry-after': '2' } } })
  await Promise.all([let1, let2])
  await expect(passwords.hash('d')).resolves.toMatch(/^\$argon2id/)
})
