import { contactFieldOf } from '../contacts/index.js'
import type { Lookup } from './conditions.rules.js'

type WireRecord = Readonly<Record<string, unknown>>

/** What conditions may ask. */
export interface World {
  readonly contact: WireRecord
  readonly trigger: WireRecord
  readonly vars: WireRecord
  /** Key of a custom field, with `contact.`, by its id and the other way round. */
  readonly fieldIds: ReadonlyMap<string, string>
}

const at = (record: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as WireRecord)[name] : undefined,
    record,
  )

const customField = ({ contact, fieldIds }: World, name: string): unknown => {
  const id = fieldIds.get(name) ?? fieldIds.get(`contact.${name}`) ?? name
  const values = (contact.customFields ?? []) as { id: string; value: unknown }[]
  return values.find((each) => each.id === id)?.value
}

const ofContact = (world: World, name: string): unknown => {
  const field = contactFieldOf(name) ?? (name === 'tag' ? 'tags' : name)
  return Object.hasOwn(world.contact, field) ? world.contact[field] : customField(world, name)
}

const roots = new Set(['trigger', 'vars'])

/** `trigger.x` and `vars.x` ask those, everything else the contact: `tags`, `first_name`, `contact.shoe_size`. */
export const lookupIn = (world: World): Lookup => {
  return (field) => {
    const [root = '', ...path] = field.split('.')
    if (root === 'replied' || root === 'happened') return world.vars[root]
    if (roots.has(root)) return at(world[root as 'trigger' | 'vars'], path)
    return ofContact(world, root === 'contact' || root === 'customFields' ? path.join('.') : field)
  }
}
