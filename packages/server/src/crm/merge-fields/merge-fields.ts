import { found } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { definitionsOf } from '../custom-fields/index.js'
import { customValuesByKey } from '../custom-values/index.js'
import { fieldsIn, type Kind, type Parsed, parse, renderParsed } from './engine.js'
import {
  contactValues,
  customFieldValues,
  knows,
  locationValues,
  rightNow,
  userValues,
  type Values,
  type WireRecord,
  type World,
} from './world.rules.js'

/** What merge fields ask of the rooms that own the records; each answers for one location only. */
export interface MergePorts {
  contact(db: Db, locationId: string, id: string): Promise<WireRecord | undefined>
  location(locationId: string): Promise<WireRecord | undefined>
  user(db: Db, locationId: string, id: string): Promise<WireRecord | undefined>
  /** Addresses of trigger links by id, each so that its click is known to be the contact's. */
  linkUrls(db: Db, locationId: string, ids: readonly string[], contactId: string | undefined): Promise<Values>
}

export interface MergeAbout {
  readonly locationId: string
  readonly contactId?: string | undefined
  /** Default: whom the contact is assigned to. */
  readonly userId?: string | undefined
  readonly now: Date
}

/** Texts of a message. `html` is escaped where values are put in; the others take them as they are. */
export interface MessageTexts {
  readonly body?: string | undefined
  readonly subject?: string | undefined
  readonly html?: string | undefined
}

const kinds: Readonly<Record<keyof MessageTexts, Kind>> = { body: 'text', subject: 'text', html: 'html' }

/** Parsed texts of a message, by field. */
export type ParsedTexts = Partial<Record<keyof MessageTexts, Parsed>>

/** @throws WireError 422 that names the text and the place of a mistake */
export const parseTexts = (texts: MessageTexts): ParsedTexts =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([field, kind]) => {
      const text = texts[field as keyof MessageTexts]
      return text === undefined ? [] : [[field, parse(field, text, kind)]]
    }),
  )

const fieldsOf = (texts: ParsedTexts): string[][] => Object.values(texts).flatMap((parsed) => fieldsIn(parsed))

const namesUnder = (fields: readonly string[][], root: string) => [
  ...new Set(fields.flatMap(([first, name]) => (first === root && name !== undefined ? [name] : []))),
]

/** Renders each text. @throws WireError 422 where one asks for too much */
export const render = async (texts: ParsedTexts, world: World): Promise<MessageTexts> => {
  const done = Object.entries(texts).map(async ([field, parsed]) => [field, await renderParsed(parsed, world)] as const)
  return Object.fromEntries(await Promise.all(done))
}

/** Fields that the texts name and the world does not have. */
export const unknownFields = (texts: ParsedTexts, world: World): string[] => [
  ...new Set(
    fieldsOf(texts)
      .filter((path) => !knows(world, path))
      .map((path) => path.join('.')),
  ),
]

const contactOf = async (ports: MergePorts, db: Db, { locationId, contactId }: MergeAbout): Promise<WireRecord> =>
  contactId ? found(await ports.contact(db, locationId, contactId), 'Contact') : {}

/** What is the same in a text for every contact of a location. */
interface Place {
  readonly locationId: string
  readonly definitions: Awaited<ReturnType<typeof definitionsOf>>
  readonly values: Pick<World, 'location' | 'custom_values' | 'right_now'>
}

const placeOf = async (
  ports: MergePorts,
  db: Db,
  { locationId, now }: Pick<MergeAbout, 'locationId' | 'now'>,
  fields: readonly string[][] | undefined,
): Promise<Place> => {
  const [location = {}, definitions, customValues] = await Promise.all([
    ports.location(locationId),
    definitionsOf(db, locationId, 'contact'),
    customValuesByKey(db, locationId, fields && namesUnder(fields, 'custom_values')),
  ])
  const values = {
    location: locationValues(location, {}),
    custom_values: customValues,
    right_now: rightNow(now, location.timezone),
  }
  return { locationId, definitions, values }
}

const worldOf = async (
  ports: Pick<MergePorts, 'user' | 'linkUrls'>,
  db: Db,
  { locationId, definitions, values }: Place,
  contact: WireRecord,
  { userId = contact.assignedTo as string | undefined, fields = [] }: { userId?: string | undefined; fields?: string[][] },
): Promise<World> => {
  const [user = {}, links] = await Promise.all([
    userId ? ports.user(db, locationId, userId) : undefined,
    ports.linkUrls(db, locationId, namesUnder(fields, 'trigger_link'), contact.id as string | undefined),
  ])
  const custom = (contact.customFields ?? []) as { id: string; value: unknown }[]
  return {
    ...values,
    contact: { ...customFieldValues(custom, definitions), ...contactValues(contact) },
    user: userValues(user),
    trigger_link: links,
  }
}

/**
 * The values of every merge field for a contact of a location.
 *
 * @param texts only the custom values and links that these name are looked up; without them all custom values are
 * @throws WireError 400 where there is no such contact
 */
export const mergeValues = async (ports: MergePorts, db: Db, about: MergeAbout, texts?: ParsedTexts): Promise<World> => {
  const fields = texts && fieldsOf(texts)
  const contact = await contactOf(ports, db, about)
  return worldOf(ports, db, await placeOf(ports, db, about, fields), contact, { userId: about.userId, fields: fields ?? [] })
}

const templatesIn = (texts: MessageTexts): ParsedTexts =>
  Object.assign({}, ...Object.entries(texts).map(([field, text]) => parsedOr(field as keyof MessageTexts, text) ?? {}))

/**
 * Texts for many contacts, whose records the caller has: what they have in common is looked up once. One that is no template goes out as
 * it is: braces are not always meant for us.
 *
 * @returns the texts for one of them; it throws WireError 422 where a text asks for too much
 */
export const textsRendererOf = async (
  ports: MergePorts,
  db: Db,
  about: Pick<MergeAbout, 'locationId' | 'now'>,
  texts: MessageTexts,
): Promise<(contact: WireRecord) => Promise<MessageTexts>> => {
  const templates = templatesIn(texts)
  if (Object.keys(templates).length === 0) return async () => texts
  const fields = fieldsOf(templates)
  const place = await placeOf(ports, db, about, fields)
  const users = new Map<string, ReturnType<MergePorts['user']>>()
  const user: MergePorts['user'] = (...asked) => {
    const known = users.get(asked[2]) ?? ports.user(...asked)
    users.set(asked[2], known)
    return known
  }
  return async (contact) => ({
    ...texts,
    ...(await render(templates, await worldOf({ ...ports, user }, db, place, contact, { fields }))),
  })
}

/** The same of one text. */
export const rendererOf = async (
  ports: MergePorts,
  db: Db,
  about: Pick<MergeAbout, 'locationId' | 'now'>,
  text: string,
): Promise<(contact: WireRecord) => Promise<string>> => {
  const render = await textsRendererOf(ports, db, about, { body: text })
  return async (contact) => (await render(contact)).body ?? ''
}

/**
 * The texts with a contact's values in them. One that is no template goes out as it is: braces are not always meant for us.
 *
 * @throws WireError 400 where there is no such contact, 422 where a text asks for too much
 */
export const renderTexts = async (ports: MergePorts, db: Db, about: MergeAbout, texts: MessageTexts): Promise<MessageTexts> => {
  const templates = templatesIn(texts)
  const rendered = await render(templates, await mergeValues(ports, db, about, templates))
  return { ...texts, ...rendered }
}

const parsedOr = (field: keyof MessageTexts, text: string | undefined): ParsedTexts | undefined => {
  try {
    return parseTexts({ [field]: text })
  } catch {
    return undefined
  }
}
