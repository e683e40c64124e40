import { badRequest } from '@groundlevel/contract-kit'
import { standardKeys } from './standard-fields.rules.js'

const plainObjects: ReadonlySet<string> = new Set(['contact', 'opportunity', 'business'])

/** `custom_object.pet` of the older documents is `custom_objects.pet` (wire-contract §2.x). */
const plural = (key: string) => key.trim().replace(/^custom_object\./, 'custom_objects.')

/** The object that a request names, in the spelling that is stored. */
export const toObjectKey = (asked: string): string => {
  const key = plural(asked)
  if (plainObjects.has(key) || /^custom_objects\.[a-z0-9_]{1,80}$/.test(key)) return key
  throw badRequest(`Object ${asked} not found: use contact, opportunity, business or custom_objects.<key>.`)
}

/** A name as part of a key: lower-case ASCII words joined by underscores. Empty where nothing of it can be written so. */
export const snakeName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 80)
    .replace(/_+$/, '')

/** The first of `key`, `key_1`, `key_2`, … that is neither taken nor the key of a standard field. */
export const freeKey = (wanted: string, taken: ReadonlySet<string>): string => {
  const free = (key: string) => !taken.has(key) && !standardKeys.has(key)
  if (free(wanted)) return wanted
  for (let number = 1; ; number++) if (free(`${wanted}_${number}`)) return `${wanted}_${number}`
}

/** The key that a name gives on an object. */
export const keyOfName = (objectKey: string, name: string, fallback: 'field' | 'folder'): string =>
  `${objectKey}.${snakeName(name) || fallback}`

/** A key that the caller chose, with or without its object in front. */
export const keyAsChosen = (objectKey: string, chosen: string): string => {
  const key = plural(chosen)
  const own = snakeName(key.startsWith(`${objectKey}.`) ? key.slice(objectKey.length + 1) : key)
  if (own === '') throw badRequest('fieldKey needs a letter or a digit from a-z, 0-9 after the key of its object.')
  return `${objectKey}.${own}`
}

/** A name for a field that came with a key only: `first_choice` is `First choice`. */
export const nameOfKey = (fieldKey: string): string => {
  const words = (fieldKey.split('.').at(-1) ?? '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
