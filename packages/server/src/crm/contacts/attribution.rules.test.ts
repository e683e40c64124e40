import { expect, test } from 'vitest'
import { attributionOf } from './attribution.rules.js'

test('an advertisement is read from the address that it led to', () => {
  const address =
    'https://shop.example/a?utm_source=news&utm_medium=mail&utm_campaign=spring&utm_content=top&utm_id=7&gclid=g&fbclid=f&msclkid=m&dclid=d&x=1'
  const visit = {
    url: 'Trigger Link',
    address,
    referrer: 'https://mail.example',
    userAgent: 'Firefox',
    medium: 'link',
    mediumId: 'l',
  }
  expect(attributionOf(visit)).toEqual({
    url: 'Trigger Link',
    campaign: 'spring',
    campaignId: '7',
    utmSource: 'news',
    utmMedium: 'mail',
    utmContent: 'top',
    fbclid: 'f',
    gclid: 'g',
    msclikid: 'm',
    dclid: 'd',
    referrer: 'https://mail.example',
    userAgent: 'Firefox',
    medium: 'link',
    mediumId: 'l',
  })
})

test('what says nothing is left out, and what no database keeps is taken out', () => {
  const visit = {
    url: 'https://a.example/form?utm_source=%00x%ED%A0%80&utm_medium=',
    userAgent: 'a\ud800b',
    medium: 'form',
    mediumId: 'f',
  }
  const found = attributionOf(visit)
  expect(Object.keys(found)).toEqual(['url', 'utmSource', 'userAgent', 'medium', 'mediumId'])
  expect(found.userAgent).toBe('ab')
  expect(found.utmSource).not.toContain('\u0000')
  expect(attributionOf({ url: 'no address', medium: 'form', mediumId: 'f' })).toEqual({
    url: 'no address',
    medium: 'form',
    mediumId: 'f',
  })
  expect(attributionOf({ url: `https://a.example/${'x'.repeat(5000)}`, medium: 'form', mediumId: 'f' }).url).toHaveLength(2000)
})

test('what is cut leaves no half of a character behind', () => {
  const { utmSource } = attributionOf({
    url: `https://a.example/?utm_source=${'a'.repeat(1999)}%F0%9F%98%80`,
    medium: 'form',
    mediumId: 'f',
  })
  expect(utmSource).toBe('a'.repeat(1999))
})
